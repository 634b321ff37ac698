import { mix32 } from './hash.js';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * An id that looks random and is not: distinct for distinct `index` under one prefix, the same for the same seed.
 *
 * @param index 0 to 2^32 - 1
 * @example demoId('prd', 7, 0) // 'prd_2w8g0m5jq1kzt'
 */
export function demoId(prefix: string, seed: number, index: number): string {
  // The first half is a bijection of the index, which alone makes ids distinct; the second only lengthens them.
  const first = mix32((index ^ mix32(seed ^ 0x5eed)) >>> 0);
  const second = mix32((first ^ mix32(seed + 0x9e3779b9)) >>> 0);
  return `${prefix}_${digits(first)}${digits(second)}`;
}

function digits(value: number): string {
  let rest = value;
  let text = '';
  for (let digit = 0; digit < 7; digit += 1) {
    text = (ALPHABET[rest % 32] ?? '') + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}
