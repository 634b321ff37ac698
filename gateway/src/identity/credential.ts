import type { IncomingHttpHeaders } from 'node:http';
import { AppError } from '@souk/kit/errors';
import { isPreflighted } from '../http/preflighted.js';
import { isOwnOrigin } from '../http/same-origin.js';
import type { CookieOptions } from './identity-options.js';

/** Where a request may say who it is from. */
export interface Proof {
  /** The header, or what stands for it in `connection_init`. */
  readonly authorization: string | undefined;
  /** Of the HTTP request, or of the one that opened the WebSocket. */
  readonly headers: IncomingHttpHeaders;
  readonly via: 'GET' | 'POST' | 'WebSocket';
}

export interface CredentialRules {
  readonly cookie: CookieOptions | undefined;
  /** Other origins whose pages may use the gateway. */
  readonly origins: readonly string[];
}

/**
 * The access token of a request, if it has one. A cookie is sent by browsers even when another site's page made them
 * ask, so it counts only where such a page could not have.
 *
 * @throws AppError UNAUTHENTICATED for a header that is no bearer token, FORBIDDEN for a cookie that does not count
 */
export function tokenOf({ authorization, headers, via }: Proof, rules: CredentialRules): string | undefined {
  if (authorization !== undefined) {
    const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
    if (token !== undefined) return token;
    throw new AppError(
      'UNAUTHENTICATED',
      'The authorization header must read "Bearer <accessToken>". Sign in again, or send no authorization header to go on as a guest.',
    );
  }
  const { cookie, origins } = rules;
  const token = cookie && headers.cookie !== undefined ? cookieOf(headers.cookie, cookie.name) : undefined;
  if (token === undefined) return undefined;
  if (via === 'GET' && !isPreflighted(headers))
    throw notByCookie('send the header "apollo-require-preflight: true", or POST');
  // "*" lets every page ask, but not in its visitor's name.
  const { origin } = headers;
  if (origin !== undefined && !isOwnOrigin(headers) && !origins.includes(origin))
    throw notByCookie(`name the origin ${origin} in cors.origins, or use the header "authorization"`);
  return token;
}

const notByCookie = (remedy: string): AppError =>
  new AppError(
    'FORBIDDEN',
    `The cookie does not prove who asks: another site could have made the browser send it. To use it, ${remedy}.`,
  );

/** @returns undefined if there is no such cookie, or it is empty */
function cookieOf(header: string, name: string): string | undefined {
  for (const pair of header.split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) {
      const value = pair
        .slice(at + 1)
        .trim()
        .replace(/^"(.*)"$/, '$1');
      return value === '' ? undefined : value;
    }
  }
  return undefined;
}
