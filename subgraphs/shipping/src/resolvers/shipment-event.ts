import type { ShipmentEventResolvers } from '../__generated__/resolvers-types.js';

export const ShipmentEvent: ShipmentEventResolvers = {
  id: ({ orderId, number }) => `${orderId}:${number}`,
};
