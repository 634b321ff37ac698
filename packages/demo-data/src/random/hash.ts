/** Mixes a 32-bit number so that neighbours end up far apart. A bijection: distinct in, distinct out. */
export function mix32(value: number): number {
  let x = value >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}

/** FNV-1a over a text's UTF-16 units, mixed: the same 32-bit number everywhere. */
export function hashText(text: string, seed = 0): number {
  let hash = (0x811c9dc5 ^ mix32(seed)) >>> 0;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return mix32(hash);
}
