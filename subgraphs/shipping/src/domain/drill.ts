/** What goes wrong on purpose: nothing, the carrier is out of reach, it loses parcels, or it refuses new ones. */
export type Drill = 'NONE' | 'CARRIER_AWAY' | 'LOSE_PARCELS' | 'REFUSE_PARCELS';
