/** Headers that say who asks. */
export type Identity = Readonly<Record<string, string>>;

/** What became of a request. */
export type Reply<Data> =
  | { readonly answered: true; readonly data: Data }
  /** An error, or no answer at all: what was asked may have been done or not. */
  | { readonly answered: false; readonly reason: string };

/** Asks the shop's graph as its clients do. */
export interface GraphClient {
  readonly url: string;
  ask<Data>(
    query: string,
    variables?: Readonly<Record<string, unknown>>,
    identity?: Identity,
  ): Promise<Reply<Data>>;
}

const PATIENCE_MS = 12_000;

/**
 * @param options.patienceMs how long it waits for an answer, in milliseconds @default 12_000
 * @example const reply = await createGraphClient(url).ask<{ cart: Cart }>('{ cart { itemCount } }', {}, guest);
 */
export function createGraphClient(url: string, { patienceMs = PATIENCE_MS } = {}): GraphClient {
  return {
    url,
    async ask<Data>(query: string, variables = {}, identity: Identity = {}): Promise<Reply<Data>> {
      try {
        const response = await fetch(`${url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', accept: 'application/json', ...identity },
          body: JSON.stringify({ query, variables }),
          signal: AbortSignal.timeout(patienceMs),
        });
        // What the graph answers is what the query asked for.
        const body = (await response.json()) as {
          data?: Data | null;
          errors?: readonly { message: string }[];
        };
        const [error] = body.errors ?? [];
        if (error) return { answered: false, reason: error.message };
        if (body.data == null) return { answered: false, reason: `status ${response.status} without data` };
        return { answered: true, data: body.data };
      } catch (error) {
        return { answered: false, reason: reasonOf(error) };
      }
    },
  };
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
