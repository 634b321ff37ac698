import type {
  OrderPartResolvers,
  OrderSnapshotLineResolvers,
  OrderSnapshotResolvers,
} from '../__generated__/resolvers-types.js';

export const OrderSnapshot: OrderSnapshotResolvers = {
  order: ({ orderId }) => ({ id: orderId }),
  refunded: ({ total, refundedMinor }) => total && { amountMinor: refundedMinor, currency: total.currency },
  lines: ({ lines, total }) => lines.map((line) => ({ ...line, currency: total?.currency ?? null })),
};

export const OrderSnapshotLine: OrderSnapshotLineResolvers = {
  variant: ({ variantId }) => ({ id: variantId }),
  unitPrice: ({ unitPriceMinor, currency }) =>
    unitPriceMinor === null || currency === null ? null : { amountMinor: unitPriceMinor, currency },
};

export const OrderPart: OrderPartResolvers = {
  since: ({ since }) => new Date(since),
  details: ({ told }) => told,
};
