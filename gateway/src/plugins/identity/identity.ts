import { AppError } from '@souk/kit/errors';
import type { Identity } from '../../identity/identity.js';
import type { VerifyAuthorization } from '../../identity/token-verifier.js';
import type { Credentials } from '../../operation/operation-call.js';
import { refuse } from '../../operation/refusal.js';
import type { GatewayPlugin } from '../../plugin.js';

/** Finds out who asks and puts together what subgraphs will learn about the request. */
export function identity({ verify }: { readonly verify: VerifyAuthorization }): GatewayPlugin {
  const identityOf = async (credentials: Credentials): Promise<Identity> => {
    if (credentials.kind === 'verified') return credentials.identity;
    try {
      return await verify(credentials.authorization);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      throw refuse(error.code, error.message, error.code === 'UNAUTHENTICATED' ? { headers: CHALLENGE } : {});
    }
  };
  return {
    name: 'identity',
    async operation(call, next) {
      const identity = await identityOf(call.credentials);
      const { viewer, expiresAt } = identity;
      call.identity = identity;
      if (expiresAt && call.credentials.kind === 'header') call.expiresAt = expiresAt;
      const { requestId, cartToken, clientAddress } = call;
      call.context = {
        viewer,
        requestId,
        ...(cartToken === undefined ? {} : { cartToken }),
        ...(clientAddress === undefined ? {} : { clientAddress }),
      };
      call.log['viewer'] = viewer.kind === 'user' ? viewer.userId : viewer.kind;
      return next();
    },
  };
}

const CHALLENGE = { 'www-authenticate': 'Bearer error="invalid_token"' };
