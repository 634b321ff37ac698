import { randomUUID } from 'node:crypto';
import { verifyEnvelope } from '../auth/envelope.js';
import { ANONYMOUS } from '../auth/viewer.js';
import { AppError } from '../errors/app-error.js';
import type { RequestContext } from '../subgraph/request.js';

/** Whom a subgraph believes, and for which name it is addressed. */
export interface EnvelopeRules {
  /** This subgraph's name: an envelope for another one is refused. */
  readonly audience: string;
  readonly secret: string;
}

/**
 * The request context that a caller proves. Without an envelope the caller is anonymous: identity is only ever taken
 * from a signature.
 *
 * @throws AppError UNAUTHENTICATED for a forged, expired or misdirected envelope.
 */
export async function readEnvelope(envelope: unknown, rules: EnvelopeRules): Promise<RequestContext> {
  if (envelope === undefined) return { viewer: ANONYMOUS, requestId: randomUUID() };
  if (typeof envelope !== 'string') {
    throw new AppError('UNAUTHENTICATED', 'Send exactly one identity envelope, or none.');
  }
  return verifyEnvelope(envelope, rules);
}
