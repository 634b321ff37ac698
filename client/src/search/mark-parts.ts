/** A piece of a text, and whether it is what was typed. */
export interface Part {
  readonly text: string;
  readonly isMatch: boolean;
}

/**
 * Cuts a text where words begin as something typed does. A typing error marks nothing, and that is fine.
 *
 * @example markParts('Bedside Lamp', 'la') // 'Bedside ', 'La' (match), 'mp'
 */
export function markParts(text: string, query: string): Part[] {
  const words = query
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  if (words.length === 0) return [{ text, isMatch: false }];
  const beginnings = new RegExp(`(?<![\\p{L}\\p{N}])(${words.join('|')})`, 'giu');
  // split() with a group puts the matches at the odd places.
  return text
    .split(beginnings)
    .map((piece, index) => ({ text: piece, isMatch: index % 2 === 1 }))
    .filter((part) => part.text !== '');
}
