import { isInternal, isProofOf } from '@souk/kit/auth';
import type { OrderResolvers } from '../__generated__/resolvers-types.js';
import { parcelsOf } from '../domain/parcels.js';
import type { ShipmentRecord } from '../store/shipments.js';
import type { Context } from './context.js';
import type { OrderModel } from './models.js';
import { whileUp } from './while-up.js';

export const Order: OrderResolvers = {
  __resolveReference: ({ id, readerProof }) => ({ id, readerProof: readerProof ?? null }),
  shipments: whileUp(async (order: OrderModel, _args, context) => {
    const shipment = await context.shipments.load(order.id);
    if (!mayRead(context, order, shipment)) return null;
    return shipment
      ? parcelsOf(shipment).map(([direction, status]) => ({ shipment, direction, status }))
      : [];
  }),
};

/** Staff, the account that ordered, and whoever orders has let read the order: a guest with its access token. */
function mayRead(
  { viewer, internalSecret }: Context,
  { id, readerProof }: OrderModel,
  shipment: ShipmentRecord | null,
): boolean {
  if (isInternal(viewer) || isProofOf(`order-reader:${id}`, readerProof, internalSecret)) return true;
  return viewer.kind === 'user' && shipment?.customerId === viewer.userId;
}
