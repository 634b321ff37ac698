/**
 * The header that tells a subgraph how long the caller will wait, in milliseconds from its arrival. A duration and not
 * an instant: clocks of machines differ. Not signed: all that somebody else could do with it is to wait less.
 */
export const TIME_LEFT_HEADER = 'x-souk-time-left';
