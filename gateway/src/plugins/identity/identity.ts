import { AppError } from '@souk/kit/errors';
import type { Identify } from '../../identity/identify.js';
import type { Identity } from '../../identity/identity.js';
import type { OperationCall } from '../../operation/operation-call.js';
import { type Refusal, refuse } from '../../operation/refusal.js';
import type { GatewayPlugin } from '../../plugin.js';

/** Finds out who asks and puts together what subgraphs will learn about the request. */
export function identity({ identify }: { readonly identify: Identify }): GatewayPlugin {
  const identityOf = ({ credentials, headers, via }: OperationCall): Identity | Promise<Identity> => {
    if (credentials.kind === 'verified') return credentials.identity;
    try {
      return identify({ authorization: credentials.authorization, headers, via });
    } catch (error) {
      throw asRefusal(error);
    }
  };
  return {
    name: 'identity',
    operation(call, next) {
      const found = identityOf(call);
      if (!(found instanceof Promise)) {
        take(call, found);
        return next();
      }
      return found.then(
        (verified) => {
          take(call, verified);
          return next();
        },
        (error: unknown) => {
          throw asRefusal(error);
        },
      );
    },
  };
}

function take(call: OperationCall, identity: Identity): void {
  const { viewer, expiresAt } = identity;
  call.identity = identity;
  // A socket sees to the end of its identity itself.
  if (expiresAt && call.credentials.kind === 'header') call.expiresAt = expiresAt;
  const { requestId, cartToken, clientAddress } = call;
  call.context = {
    viewer,
    requestId,
    ...(cartToken === undefined ? {} : { cartToken }),
    ...(clientAddress === undefined ? {} : { clientAddress }),
  };
  call.log['viewer'] = viewer.kind === 'user' ? viewer.userId : viewer.kind;
}

const CHALLENGE = { 'www-authenticate': 'Bearer error="invalid_token"' };

function asRefusal(error: unknown): Refusal | Error {
  if (error instanceof AppError)
    return refuse(error.code, error.message, error.code === 'UNAUTHENTICATED' ? { headers: CHALLENGE } : {});
  return error instanceof Error ? error : new Error(String(error));
}
