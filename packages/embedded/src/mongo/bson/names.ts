/**
 * Field names repeat in every document, and making a string of bytes costs more than comparing them. So names that were
 * seen are kept in a small table and found again by their bytes.
 */
const slots = 4096;
const longest = 32;
const table: (string | undefined)[] = new Array<string | undefined>(slots).fill(undefined);

/** The name in the bytes from `start` to `end`. */
export function readName(bytes: Buffer, start: number, end: number): string {
  const length = end - start;
  if (length > longest) return bytes.toString('utf8', start, end);
  let hash = length;
  for (let at = start; at < end; at += 1) hash = (hash * 31 + (bytes[at] ?? 0)) | 0;
  const slot = hash & (slots - 1);
  const known = table[slot];
  if (known !== undefined && known.length === length && isAt(known, bytes, start)) return known;
  const name = bytes.toString('utf8', start, end);
  if (name.length === length) table[slot] = name; // ASCII only: one character a byte
  return name;
}

function isAt(name: string, bytes: Buffer, start: number): boolean {
  for (let i = 0; i < name.length; i += 1) if (bytes[start + i] !== name.charCodeAt(i)) return false;
  return true;
}
