import { requireRole } from '@souk/kit/auth';
import type { QueryResolvers } from '../__generated__/resolvers-types.js';
import { checkCountry, checkWeight } from './check-enquiry.js';

export const Query: QueryResolvers = {
  shippingOptions: (_parent, { country, weightGrams, goodsMinor }, { offersFor }) =>
    offersFor({
      country: checkCountry(country),
      weightGrams: checkWeight(weightGrams),
      goodsMinor: goodsMinor ?? 0,
    }),
  shippingDrill: async (_parent, _args, { viewer, drills }) => {
    requireRole(viewer, 'STAFF');
    return drills ? drills.current() : null;
  },
};
