import { createHash } from 'node:crypto';

/** What staff asks to give back. */
export interface RefundRequest {
  readonly orderId: string;
  readonly amountMinor: number;
  readonly reason: string;
  readonly idempotencyKey: string;
  readonly userId: string;
}

/** What is wrong with a request, and where. */
export interface InputProblem {
  readonly path: readonly string[];
  readonly message: string;
}

const LONGEST_KEY = 200;
const LONGEST_REASON = 500;

/** The first thing that is wrong with a request as it stands; undefined if nothing. */
export function problemOf({ amountMinor, reason, idempotencyKey }: RefundRequest): InputProblem | undefined {
  if (idempotencyKey.length === 0 || idempotencyKey.length > LONGEST_KEY) {
    return { path: ['idempotencyKey'], message: `The key must have 1 to ${LONGEST_KEY} characters.` };
  }
  if (amountMinor <= 0) {
    return { path: ['amountMinor'], message: 'The amount must be more than zero, in minor units.' };
  }
  if (reason.trim() === '' || reason.length > LONGEST_REASON) {
    return { path: ['reason'], message: `Say why, in 1 to ${LONGEST_REASON} characters.` };
  }
  return undefined;
}

/** The same for the same request of the same person, whatever else differs. */
export const fingerprintOf = ({ orderId, amountMinor, reason, userId }: RefundRequest): string =>
  createHash('sha256')
    .update(JSON.stringify([orderId, amountMinor, reason, userId]))
    .digest('base64url');
