import { createHash } from 'node:crypto';
import type { RequestContext } from '@souk/kit/subgraph';
import { canonicalJson } from '../../caching/canonical-json.js';
import type { CheckedOperation } from '../../operation/checked-operation.js';

/** Whose key it is. A guest is known by the cart, or else only by the address. */
function holderOf({ viewer, cartToken, clientAddress }: RequestContext): readonly (string | undefined)[] {
  if (viewer.kind === 'user') return ['user', viewer.userId];
  if (viewer.kind === 'service') return ['service', viewer.service];
  return cartToken === undefined ? ['address', clientAddress] : ['cart', cartToken];
}

/**
 * Names what a key stands for: the same key of somebody else, or with another operation, is another one. A hash,
 * because cart tokens are secrets.
 */
export const scopeOf = (context: RequestContext, { hash, name }: CheckedOperation, key: string): string =>
  digest(JSON.stringify([holderOf(context), hash, name, key]));

/** Stands for the input: variables that mean the same have the same fingerprint, in whatever order their keys came. */
export const fingerprintOf = (variables: Readonly<Record<string, unknown>> = {}): string =>
  digest(canonicalJson(variables));

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url');
