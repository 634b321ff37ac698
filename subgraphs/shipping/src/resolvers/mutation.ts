import { requireRole } from '@souk/kit/auth';
import type { MutationResolvers, ShippingError } from '../__generated__/resolvers-types.js';

export const Mutation: MutationResolvers = {
  setShippingDrill: async (_parent, { input: { drill } }, { viewer, drills }) => {
    requireRole(viewer, 'STAFF');
    if (!drills) return { drill: null, errors: [NOT_ALLOWED] };
    await drills.set(drill);
    return { drill, errors: [] };
  },
  skipCarrierTime: async (_parent, { input: { seconds } }, { viewer, drills }) => {
    requireRole(viewer, 'STAFF');
    if (!drills) return { scans: null, errors: [NOT_ALLOWED] };
    if (seconds < 1 || seconds > YEAR_SECONDS) return { scans: null, errors: [NO_TIME] };
    return { scans: await drills.skip(seconds), errors: [] };
  },
};

const YEAR_SECONDS = 31_536_000;

const NOT_ALLOWED: ShippingError = {
  code: 'DRILLS_NOT_ALLOWED',
  message: 'Drills are not allowed here. Start the shop with SOUK_DRILLS=true to allow them.',
  path: [],
};
const NO_TIME: ShippingError = {
  code: 'INVALID_INPUT',
  message: `Turn the clock on by 1 to ${YEAR_SECONDS} seconds.`,
  path: ['seconds'],
};
