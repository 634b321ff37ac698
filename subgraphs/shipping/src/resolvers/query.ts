import { requireRole } from '@souk/kit/auth';
import type { QueryResolvers, QueryShippingOptionsArgs } from '../__generated__/resolvers-types.js';
import { checkCountry, checkWeight } from './check-enquiry.js';
import { whileUp } from './while-up.js';

export const Query: QueryResolvers = {
  shippingOptions: whileUp(
    (_parent, { country, weightGrams, goodsMinor }: QueryShippingOptionsArgs, { offersFor }) =>
      offersFor({
        country: checkCountry(country),
        weightGrams: checkWeight(weightGrams),
        goodsMinor: goodsMinor ?? 0,
      }),
  ),
  shippingDrill: async (_parent, _args, { viewer, drills }) => {
    requireRole(viewer, 'STAFF');
    return drills ? drills.current() : null;
  },
};
