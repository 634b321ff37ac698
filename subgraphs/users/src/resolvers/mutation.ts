import { requireUser } from '@souk/kit/auth';
import type { MutationResolvers } from '../__generated__/resolvers-types.js';
import { deleteAddress, saveAddress } from '../commands/address-book.js';
import { logIn } from '../commands/log-in.js';
import { logOut } from '../commands/log-out.js';
import { refreshSession } from '../commands/refresh-session.js';
import { register } from '../commands/register.js';
import { updateProfile } from '../commands/update-profile.js';
import { sessionPayload, userPayload } from './payload.js';

export const Mutation: MutationResolvers = {
  register: async (_parent, { input }, context) =>
    sessionPayload(await register(context.deps, input, context)),

  login: async (_parent, { input }, context) => sessionPayload(await logIn(context.deps, input, context)),

  refreshSession: async (_parent, { input }, { deps }) => sessionPayload(await refreshSession(deps, input)),

  async logout(_parent, { input }, { deps }) {
    await logOut(deps, input);
    return { loggedOut: true, errors: [] };
  },

  async updateProfile(_parent, { input }, context) {
    const { userId } = requireUser(context.viewer);
    const outcome = await updateProfile(context.deps, userId, input, context);
    // The loader may hold the account as it was.
    context.users.clear(userId);
    return userPayload(outcome);
  },

  async saveAddress(_parent, { input }, context) {
    const { userId } = requireUser(context.viewer);
    const outcome = await saveAddress(context.deps, userId, input);
    context.addresses.clear(userId);
    return outcome.ok ? { address: outcome.value, errors: [] } : { address: null, errors: outcome.errors };
  },

  async deleteAddress(_parent, { input }, context) {
    const { userId } = requireUser(context.viewer);
    const outcome = await deleteAddress(context.deps, userId, input);
    context.addresses.clear(userId);
    return userPayload(outcome);
  },
};
