import type { StockReservationResolvers } from '../__generated__/resolvers-types.js';

export const StockReservation: StockReservationResolvers = {
  order: ({ orderId }) => ({ id: orderId }),
  state({ state }) {
    if (state === 'reserving') return 'RESERVING';
    if (state === 'reserved') return 'RESERVED';
    return state === 'committing' ? 'COMMITTING' : 'RELEASING';
  },
};
