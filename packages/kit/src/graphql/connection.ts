import { AppError } from '../errors/app-error.js';

/** Most items of one page. */
export const MAX_PAGE_SIZE = 100;

/** Arguments of a Relay connection, as a resolver gets them. */
export interface PageArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

/** A page as the store is asked for it: `limit` items after the keyset `after`. */
export interface PageRequest {
  readonly limit: number;
  readonly after: readonly (string | number)[] | undefined;
}

/** A Relay connection. */
export interface Connection<Node> {
  readonly edges: { readonly cursor: string; readonly node: Node }[];
  readonly nodes: Node[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

/** Makes an opaque cursor of an item's sort key. */
export const encodeCursor = (key: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(key), 'utf8').toString('base64url');

/** @throws AppError BAD_USER_INPUT for anything that {@link encodeCursor} did not make. */
export function decodeCursor(cursor: string): readonly (string | number)[] {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(key) && key.length > 0 && key.every(isKeyPart)) return key;
  } catch {
    // Falls through to the one message below: how the cursor is broken does not help a client.
  }
  throw new AppError(
    'BAD_USER_INPUT',
    '"after" is not a cursor of this list. Pass a page\'s endCursor, unchanged.',
  );
}
const isKeyPart = (part: unknown): part is string | number =>
  typeof part === 'string' || typeof part === 'number';

/**
 * Reads and checks a connection's arguments.
 *
 * @param defaults.first items when the client does not say
 * @throws AppError BAD_USER_INPUT if `first` is not 1 to 100 or `after` is no cursor.
 * @example const page = pageRequest(args, { first: 24 });
 */
export function pageRequest(args: PageArguments, defaults: { first: number }): PageRequest {
  const limit = args.first ?? defaults.first;
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_PAGE_SIZE) {
    throw new AppError('BAD_USER_INPUT', `"first" must be 1 to ${MAX_PAGE_SIZE}, not ${limit}.`);
  }
  return { limit, after: args.after ? decodeCursor(args.after) : undefined };
}

/**
 * Makes a connection of `limit + 1` rows: the one too many tells that there is a next page.
 *
 * @param rows what the store found for `limit + 1`, in order
 * @example return connectionOf(await store.list({ ...page, limit: page.limit + 1 }), page, (row) => [row.createdAt, row.id]);
 */
export function connectionOf<Node>(
  rows: readonly Node[],
  page: PageRequest,
  keyOf: (node: Node) => readonly (string | number)[],
): Connection<Node> {
  const nodes = rows.slice(0, page.limit);
  const edges = nodes.map((node) => ({ cursor: encodeCursor(keyOf(node)), node }));
  return {
    edges,
    nodes,
    pageInfo: {
      hasNextPage: rows.length > page.limit,
      hasPreviousPage: page.after !== undefined,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
