import type { ShipmentResolvers } from '../__generated__/resolvers-types.js';
import type { ShipmentModel } from './models.js';

const isReturn = ({ direction }: ShipmentModel): boolean => direction === 'RETURN';

export const Shipment: ShipmentResolvers = {
  id: (parcel) => (isReturn(parcel) ? `${parcel.shipment.shipmentId}:return` : parcel.shipment.shipmentId),
  carrier: (parcel) => (isReturn(parcel) ? parcel.shipment.returnCarrier : parcel.shipment.carrier),
  trackingNumber: (parcel) =>
    isReturn(parcel) ? parcel.shipment.returnTrackingNumber : parcel.shipment.trackingNumber,
  eta: (parcel) => (isReturn(parcel) ? parcel.shipment.returnEta : parcel.shipment.eta),
  events: async ({ shipment, direction }, _args, { tracking }) => {
    const events = await tracking.load(shipment.orderId);
    return events.filter(({ leg }) => leg === direction);
  },
};
