import { createHmac, timingSafeEqual } from 'node:crypto';

/** The header that carries a signature, in both directions. */
export const SIGNATURE_HEADER = 'x-carrier-signature';

/** How old a signature may be, or how far ahead its clock, in milliseconds. */
export const TOLERANCE_MS = 5 * 60_000;

/**
 * Signs a body for a moment: `t=<seconds>,v1=<hex of HMAC-SHA256 over "<seconds>.<body>">`.
 *
 * @example headers[SIGNATURE_HEADER] = sign(body, secret, new Date());
 */
export function sign(body: string | Buffer, secret: string, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1_000);
  return `t=${seconds},v1=${digest(body, secret, seconds).toString('hex')}`;
}

/** What is wrong with a signature. */
export type SignatureProblem = 'MALFORMED' | 'FORGED' | 'OUT_OF_DATE';

/**
 * Checks a signature. It may carry several `v1`, so that the other side can change its secret without a pause.
 *
 * @returns undefined if it is sound
 */
export function problemOf(
  signature: unknown,
  body: Buffer,
  { secret, now }: { readonly secret: string; readonly now: Date },
): SignatureProblem | undefined {
  if (typeof signature !== 'string') return 'MALFORMED';
  const parts = signature.split(',').map((part) => part.trim().split('=', 2));
  const seconds = Number(parts.find(([name]) => name === 't')?.[1]);
  const given = parts.flatMap(([name, value]) =>
    name === 'v1' && /^[0-9a-f]{64}$/.test(value ?? '') ? [Buffer.from(value ?? '', 'hex')] : [],
  );
  if (!Number.isSafeInteger(seconds) || given.length === 0) return 'MALFORMED';
  const expected = digest(body, secret, seconds);
  if (!given.some((one) => timingSafeEqual(one, expected))) return 'FORGED';
  return Math.abs(now.getTime() - seconds * 1_000) > TOLERANCE_MS ? 'OUT_OF_DATE' : undefined;
}

const digest = (body: string | Buffer, secret: string, seconds: number): Buffer =>
  createHmac('sha256', secret).update(`${seconds}.`).update(body).digest();
