/** Longest article number, in characters. */
export const LONGEST_SKU = 64;

/**
 * How an article number may begin that somebody has begun to type: as it stands there, and in capitals, since most are
 * written so. None for nothing.
 *
 * @example skuBeginnings(' lam-12'); // ['lam-12', 'LAM-12']
 */
export function skuBeginnings(typed: string): readonly string[] {
  const text = typed.trim().slice(0, LONGEST_SKU);
  return text === '' ? [] : [...new Set([text, text.toUpperCase()])];
}

/** True for an article number that begins in one of these ways. */
export const startsLike = (sku: string, beginnings: readonly string[]): boolean =>
  beginnings.some((beginning) => sku.startsWith(beginning));
