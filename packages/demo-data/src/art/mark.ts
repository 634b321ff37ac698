import { escapeText } from './shapes.js';

/** A brand's mark in the corner: its initial in one of a few frames, and its name. */
export function brandMark(brand: string, ink: string, choice: number): string {
  const frame = [
    '<circle cx="40" cy="40" r="15" fill="none" stroke="currentColor" stroke-width="2.5"/>',
    '<rect x="25" y="25" width="30" height="30" rx="4" fill="none" stroke="currentColor" stroke-width="2.5"/>',
    '<path d="M40 22 58 40 40 58 22 40Z" fill="none" stroke="currentColor" stroke-width="2.5"/>',
    '<path d="M25 55V38a15 15 0 0 1 30 0v17Z" fill="none" stroke="currentColor" stroke-width="2.5"/>',
  ][choice % 4];
  const family = choice % 2 ? 'Georgia,serif' : 'Helvetica,Arial,sans-serif';
  const name = escapeText(brand.toUpperCase());
  return (
    `<g color="${ink}" fill="${ink}" opacity=".62" font-family="${family}" font-weight="600">${frame}` +
    `<text x="40" y="46" font-size="17" text-anchor="middle">${escapeText(brand.slice(0, 1))}</text>` +
    `<text x="66" y="45" font-size="13" letter-spacing="2.5">${name}</text></g>`
  );
}
