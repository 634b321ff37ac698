import type { QueryResolvers } from '../__generated__/resolvers-types.js';
import { visibleUser } from './user-model.js';

export const Query: QueryResolvers = {
  async viewer(_parent, _args, { viewer, users }) {
    const user = viewer.kind === 'user' ? await users.load(viewer.userId) : null;
    return user && visibleUser(user);
  },
};
