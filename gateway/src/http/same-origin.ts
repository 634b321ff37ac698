import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/**
 * Whether a browser's `Origin` may use the gateway: none at all (no browser), our own, or one from the list.
 *
 * @param allowed exact origins; `*` allows all
 */
export function isAllowedOrigin(
  { headers }: Pick<IncomingMessage, 'headers'>,
  allowed: readonly string[],
): boolean {
  const { origin } = headers;
  if (origin === undefined) return true;
  return allowed.includes('*') || allowed.includes(origin) || isOwnOrigin(headers);
}

/** Whether the page that asks is one that we served. */
export function isOwnOrigin({ origin, host }: IncomingHttpHeaders): boolean {
  if (origin === undefined || host === undefined) return false;
  try {
    return new URL(origin).host === host;
  } catch {
    return false;
  }
}
