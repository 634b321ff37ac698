import type { RequestContext } from '@souk/kit/subgraph';

/**
 * Who asks, so that one client always gets the same subgraph: the viewer, or the cart of a guest. Undefined for somebody who cannot be recognised:
 * an address may be that of a whole company.
 */
export function clientOf({
  viewer,
  cartToken,
}: Pick<RequestContext, 'viewer' | 'cartToken'>): string | undefined {
  if (viewer.kind === 'user') return `user ${viewer.userId}`;
  if (viewer.kind === 'service') return `service ${viewer.service}`;
  return cartToken === undefined ? undefined : `cart ${cartToken}`;
}

/**
 * Where a client stands among a hundred, from 0 to below 100: always the same for the same label, and independent of
 * where it stands for other labels.
 */
export function standing(label: string, client: string): number {
  // FNV-1a, then mixed so that the last characters reach all bits: it spreads well and keeps no secret.
  let hash = 0x811c9dc5;
  const text = `${label}\0${client}`;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32) * 100;
}
