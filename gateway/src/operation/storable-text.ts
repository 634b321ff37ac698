/** Half of a surrogate pair: with the `u` flag, whole pairs are not matched. */
const LONE_SURROGATE = /\p{Surrogate}/u;
/** A NUL that the document's own string literals spell out. */
const ESCAPED_NUL = /\\u(0000|\{0+\})/;

const isStorable = (text: string): boolean => !text.includes('\0') && !LONE_SURROGATE.test(text);

/** False for a document whose text, or whose literals, no database could store. */
export const isStorableDocument = (query: string): boolean => isStorable(query) && !ESCAPED_NUL.test(query);

/**
 * Finds text in variables that no database could store (NUL, half of a surrogate pair).
 *
 * @returns where it stands, for example `input.name`; undefined if all text is sound
 */
export function findUnstorable(variables: Readonly<Record<string, unknown>>): string | undefined {
  const open: { readonly path: string; readonly value: unknown }[] = [{ path: '', value: variables }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { path, value } = next;
    if (typeof value === 'string' && !isStorable(value)) return path;
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, inner] of Object.entries(value))
      open.push({ path: path ? `${path}.${key}` : key, value: inner });
  }
  return undefined;
}
