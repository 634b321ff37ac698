import { createHmac, timingSafeEqual } from 'node:crypto';

/** How far a webhook's time may be from ours, either way, in seconds. */
export const TOLERANCE_S = 300;

/** The signature of a body sent at a time (Unix seconds): what `v1=` holds. */
export const signatureOf = (secret: string, sentAt: number, body: string | Buffer): string =>
  createHmac('sha256', secret).update(`${sentAt}.`).update(body).digest('hex');

/**
 * Whether a webhook comes from the provider, and just now: `t=1700000000,v1=<hex>`, more than one `v1` while the secret
 * is being changed. The time is signed with the body, so an old webhook cannot be sent again by somebody who kept it.
 *
 * @param header as it came
 * @example isSigned(request.headers['stripe-signature'], body, { secret, now: new Date() })
 */
export function isSigned(
  header: string | undefined,
  body: Buffer,
  { secret, now }: { readonly secret: string; readonly now: Date },
): boolean {
  const parts = (header ?? '').split(',').map((part) => part.trim().split('=', 2));
  const sentAt = Number(parts.find(([name]) => name === 't')?.[1] ?? Number.NaN);
  if (!(Math.abs(now.getTime() / 1_000 - sentAt) <= TOLERANCE_S)) return false;
  const expected = Buffer.from(signatureOf(secret, sentAt, body), 'hex');
  return parts.some(([name, value = '']) => {
    if (name !== 'v1' || !/^[0-9a-f]{64}$/.test(value)) return false;
    return timingSafeEqual(Buffer.from(value, 'hex'), expected);
  });
}
