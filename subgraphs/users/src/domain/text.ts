// Control characters, and the invisible marks that turn the direction of text around.
const UNPRINTABLE = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** How long a text is to a person: in characters, not in UTF-16 units. */
export function lengthOf(text: string): number {
  let length = 0;
  for (const _character of text) length += 1;
  return length;
}

/** One line of text as it is kept: composed, without outer spaces, inner runs of spaces as one. */
export const tidy = (text: string): string => text.normalize('NFC').trim().replaceAll(/\s+/gu, ' ');

/**
 * What is wrong with a tidied line of text; undefined if nothing is.
 *
 * @example const problem = problemOfLine(tidy(input.name), { label: 'The name', min: 1, max: 100 });
 */
export function problemOfLine(
  text: string,
  { label, min, max }: { label: string; min: number; max: number },
): string | undefined {
  if (UNPRINTABLE.test(text)) return `${label} contains characters that cannot be printed. Remove them.`;
  const length = lengthOf(text);
  if (length < min) return min === 1 ? `${label} is missing.` : `${label} needs at least ${min} characters.`;
  return length > max ? `${label} is longer than ${max} characters.` : undefined;
}
