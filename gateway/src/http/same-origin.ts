import type { IncomingMessage } from 'node:http';

/**
 * Whether a browser's `Origin` may use the gateway: none at all (no browser), our own, or one from the list.
 *
 * @param allowed exact origins; `*` allows all
 */
export function isAllowedOrigin(request: IncomingMessage, allowed: readonly string[]): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined) return true;
  if (allowed.includes('*') || allowed.includes(origin)) return true;
  try {
    return host !== undefined && new URL(origin).host === host;
  } catch {
    return false;
  }
}
