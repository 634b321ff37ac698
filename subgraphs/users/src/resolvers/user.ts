import type { UserResolvers } from '../__generated__/resolvers-types.js';
import { hiddenUser, mayRead, revealed, visibleUser } from './user-model.js';

export const User: UserResolvers = {
  async __resolveReference({ id }, { users, viewer }) {
    if (!mayRead(viewer, id)) return hiddenUser(id);
    const user = await users.load(id);
    return user && visibleUser(user);
  },
  email: (model) => revealed(model).email,
  name: (model) => revealed(model).name,
  roles: (model) => revealed(model).roles,
  createdAt: (model) => revealed(model).createdAt,
  addresses: (model, _args, { addresses }) => addresses.load(revealed(model).id),
};
