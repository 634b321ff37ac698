/** Grows when a drawing changes: it is part of every picture's address, and addresses are cached for ever. */
export const ART_VERSION = 3;
