import type { SalesDayResolvers } from '../__generated__/resolvers-types.js';

export const SalesDay: SalesDayResolvers = {
  gross: ({ amountMinor, currency }) => ({ amountMinor, currency }),
  returned: ({ returnedMinor, currency }) => ({ amountMinor: returnedMinor, currency }),
  net: ({ amountMinor, returnedMinor, currency }) => ({
    amountMinor: amountMinor - returnedMinor,
    currency,
  }),
};
