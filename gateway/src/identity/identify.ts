import { isDeepStrictEqual } from 'node:util';
import type { Logger } from '@souk/kit/log';
import type { GatewayOptions } from '../gateway-options.js';
import { type Proof, tokenOf } from './credential.js';
import { ANONYMOUS_IDENTITY, type Identity } from './identity.js';
import type { IdentityOptions } from './identity-options.js';
import { type Issuer, issuerOf } from './issuer.js';
import { createTokenVerifier, type VerifyToken } from './token-verifier.js';

/**
 * Finds out who asks: at once for the anonymous and for tokens that are remembered. The same for HTTP, SSE and WebSocket.
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, or UNAVAILABLE while the issuer's keys are out of reach.
 */
export type Identify = (proof: Proof) => Identity | Promise<Identity>;

/**
 * Makes the way to identify for the options in force. Keys and verified tokens outlive a change of other options.
 *
 * @param issuers those that are not in the options
 */
export function createIdentities(
  issuers: readonly Issuer[],
  logger: Logger,
): (options: Pick<GatewayOptions, 'identity' | 'cors'>) => Identify {
  let made: { readonly by: IdentityOptions; readonly verify: VerifyToken } | undefined;
  const verifierFor = (options: IdentityOptions): VerifyToken => {
    if (!made || !isDeepStrictEqual(made.by, options)) {
      const all = [...issuers, ...(options.issuers ?? []).map(issuerOf)];
      made = { by: options, verify: createTokenVerifier(all, options, { logger }) };
    }
    return made.verify;
  };
  return ({ identity = {}, cors = {} }) => {
    const verify = verifierFor(identity);
    const rules = { cookie: identity.cookie, origins: cors.origins ?? [] };
    return (proof) => {
      const token = tokenOf(proof, rules);
      return token === undefined ? ANONYMOUS_IDENTITY : verify(token);
    };
  };
}
