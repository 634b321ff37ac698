import type { Client } from '@urql/vue';
import { type Problem, problemOf } from '@/graph/problem.js';
import { COLUMNS, type Column, type ColumnAnswer } from './board.js';
import { boardDocument } from './staff-operations.js';

const PER_COLUMN = 30;

/** What was found for a column, or why it was not. */
type Answer = ColumnAnswer & { readonly problem: Problem | undefined };

/**
 * The orders that changed last of each column, as they are now.
 *
 * @param query narrows them; '' finds all
 */
export const askForColumns = (client: Client, query: string): Promise<Answer[]> =>
  Promise.all(COLUMNS.map((column) => askForColumn(client, column, query)));

async function askForColumn(client: Client, column: Column, query: string): Promise<Answer> {
  const variables = { status: [column], query: query || null, first: PER_COLUMN };
  const { data, error } = await client.query(boardDocument, variables, { requestPolicy: 'network-only' });
  const found = data?.allOrders ?? undefined;
  return { column, found, problem: problemOf(error, found !== undefined) };
}
