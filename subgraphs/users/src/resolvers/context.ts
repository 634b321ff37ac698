import { batchById } from '@souk/kit/graphql';
import type { RequestContext } from '@souk/kit/subgraph';
import DataLoader from 'dataloader';
import type { CommandDeps } from '../commands/command-deps.js';
import { usersByIds } from '../store/accounts.js';
import { type AddressRecord, addressesOfUsers } from '../store/addresses.js';

/** What a resolver gets; made once an operation. */
export interface Context extends RequestContext {
  readonly deps: CommandDeps;
  readonly users: ReturnType<typeof createUserLoader>;
  readonly addresses: DataLoader<string, AddressRecord[]>;
}

const createUserLoader = ({ database }: CommandDeps) =>
  batchById(
    (ids) => usersByIds(database, ids),
    (user) => user.id,
  );

/** @example createSubgraph({ ..., createContext: (request) => createContext(deps, request) }) */
export const createContext = (deps: CommandDeps, request: RequestContext): Context => ({
  ...request,
  deps,
  users: createUserLoader(deps),
  addresses: new DataLoader(async (userIds) => {
    const addresses = await addressesOfUsers(deps.database, userIds);
    return userIds.map((userId) => addresses.filter((address) => address.userId === userId));
  }),
});
