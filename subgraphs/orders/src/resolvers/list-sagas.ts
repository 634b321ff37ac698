import { type PageArguments, connectionOf, pageRequest } from '@souk/kit/graphql';
import type { CommandDeps } from '../commands/command-deps.js';
import { type SagaFilter, countSagas, sagaCursorKeyOf, sagasOfPage } from '../store/read-sagas.js';
import type { SagaConnectionModel } from './models.js';

/** A page of sagas, the newest order's first. */
export async function listSagas(
  { database: { pool } }: CommandDeps,
  filter: SagaFilter,
  args: PageArguments,
  defaults: { readonly first: number },
): Promise<SagaConnectionModel> {
  const page = pageRequest(args, defaults);
  const connection = connectionOf(await sagasOfPage(pool, filter, page), page, sagaCursorKeyOf);
  return { ...connection, count: () => countSagas(pool, filter) };
}
