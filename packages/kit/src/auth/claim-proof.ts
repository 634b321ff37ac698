import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * What one subgraph gives others, by way of the gateway, so that they can rely on something that it has checked. The
 * gateway carries it in representations (`@requires`) and never shows it to clients (`@inaccessible`).
 *
 * @param secret shared by the subgraphs, at least 32 characters
 * @example proofOf(`order-reader:${order.id}`, secret)
 */
export const proofOf = (claim: string, secret: string): string =>
  createHmac('sha256', secret).update(`claim:${claim}`).digest('base64url');

/** True if `proof` was made by {@link proofOf} for this claim with this secret. */
export function isProofOf(claim: string, proof: string | null | undefined, secret: string): boolean {
  if (!proof) return false;
  const expected = Buffer.from(proofOf(claim, secret));
  const given = Buffer.from(proof);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
