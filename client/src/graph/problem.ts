import type { CombinedError } from '@urql/vue';

/**
 * What went wrong, from the shopper's side:
 * `offline` the request never arrived, `busy` try again in a moment, `partial` some of the page is missing,
 * `forbidden` not for this account, `signed-out` sign in first, `missing` there is no such thing, `broken` anything else.
 */
export type Problem = 'offline' | 'busy' | 'partial' | 'forbidden' | 'signed-out' | 'missing' | 'broken';

const BY_CODE: Readonly<Record<string, Problem>> = {
  UNAVAILABLE: 'busy',
  TIMEOUT: 'busy',
  RATE_LIMITED: 'busy',
  FORBIDDEN: 'forbidden',
  UNAUTHENTICATED: 'signed-out',
  NOT_FOUND: 'missing',
};

/**
 * Sorts a failed or half-failed request.
 *
 * @param hasData whether there is something to show in spite of the error
 * @returns undefined when nothing went wrong
 */
export function problemOf(error: CombinedError | undefined, hasData: boolean): Problem | undefined {
  if (!error) return undefined;
  if (hasData) return error.networkError ? 'offline' : 'partial';
  const code = codesOf(error)[0];
  if (code !== undefined) return BY_CODE[code] ?? 'broken';
  return error.networkError ? 'offline' : 'broken';
}

/** The `extensions.code` of every error in a reply. */
export function codesOf(error: CombinedError): string[] {
  return error.graphQLErrors
    .map(({ extensions }) => extensions?.['code'])
    .filter((code) => typeof code === 'string');
}
