import { AppError } from '@souk/kit/errors';
import type { VerifiedViewer, VerifyAuthorization } from '../../identity/token-verifier.js';
import type { Credentials } from '../../operation/operation-call.js';
import { refuse } from '../../operation/refusal.js';
import type { GatewayPlugin } from '../../plugin.js';

/** Finds out who asks and puts together what subgraphs will learn about the request. */
export function identity({ verify }: { readonly verify: VerifyAuthorization }): GatewayPlugin {
  const viewerOf = async (credentials: Credentials): Promise<VerifiedViewer> => {
    if (credentials.kind === 'verified') return { viewer: credentials.viewer };
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
      const { viewer, expiresAt } = await viewerOf(call.credentials);
      if (expiresAt) call.expiresAt = expiresAt;
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
