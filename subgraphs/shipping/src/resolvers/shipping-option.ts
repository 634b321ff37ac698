import type { ShippingOptionResolvers } from '../__generated__/resolvers-types.js';
import { RATE_CURRENCY } from '../domain/rates.js';

export const ShippingOption: ShippingOptionResolvers = {
  id: ({ service }) => service.id,
  name: ({ service }) => service.name,
  price: ({ priceMinor }) => ({ amountMinor: priceMinor, currency: RATE_CURRENCY }),
};
