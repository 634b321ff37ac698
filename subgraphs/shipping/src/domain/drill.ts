/**
 * What goes wrong on purpose: nothing, all of shipping is down, the carrier is out of reach, it loses parcels, or it refuses
 * new ones.
 */
export type Drill = 'NONE' | 'SHIPPING_DOWN' | 'CARRIER_AWAY' | 'LOSE_PARCELS' | 'REFUSE_PARCELS';

/** Whether nobody can give a parcel to the carrier, and its parcels stand still. */
export const standsStill = (drill: Drill): boolean => drill === 'CARRIER_AWAY' || drill === 'SHIPPING_DOWN';
