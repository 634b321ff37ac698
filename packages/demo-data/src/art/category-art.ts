import { hashText } from '../random/hash.js';
import { departmentBySlug, leafBySlug } from '../taxonomy/index.js';
import { hexOf, mix } from './colours.js';
import type { DrawingName } from './drawing-name.js';
import { drawings } from './drawings/index.js';
import { createGround } from './ground.js';
import { createInk, inkDefinitions } from './ink.js';
import { escapeText } from './shapes.js';

/**
 * A category's wide picture: three things it sells, on a common floor.
 *
 * @returns undefined for a category that the demo catalogue does not have
 * @param width in pixels, two and a half times the height @default 1200
 */
export function categoryArt(slug: string, width = 1200): string | undefined {
  const leaf = leafBySlug(slug);
  const department = departmentBySlug(slug);
  const name = leaf?.name ?? department?.name;
  if (name === undefined) return undefined;
  const shown: DrawingName[] = leaf
    ? [leaf.drawing, leaf.drawing, leaf.drawing]
    : (department?.leaves.slice(0, 3).map(({ drawing }) => drawing) ?? []);
  const hash = hashText(slug);
  const main = hexOf(undefined, hash >>> 3);
  const ink = createInk(main, hash);
  const { definitions } = createGround(main, (hash >>> 5) * 3 + 2, false);
  const things = shown.map((drawing, place) => {
    const x = 420 + place * 290;
    return (
      `<ellipse cx="${x}" cy="424" rx="130" ry="16" fill="url(#d)"/>` +
      `<g transform="translate(${x - 170} 152) scale(.85)">${drawings[drawing](ink, { flip: place % 2 === 1, size: place / 2 })}</g>`
    );
  });
  const hills =
    `<circle cx="210" cy="190" r="120" fill="${mix(main, '#ffffff', 0.72)}"/>` +
    `<circle cx="1010" cy="90" r="190" fill="${mix(main, '#ffffff', 0.8)}" opacity=".7"/>`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 480" width="${width}" height="${Math.round(width * 0.4)}" role="img"><title>${escapeText(name)}</title>` +
    `<defs>${definitions}${inkDefinitions(ink)}</defs><rect width="1200" height="480" fill="url(#b)"/>${hills}<rect y="408" width="1200" height="72" fill="url(#f)"/>${things.join('')}</svg>`
  );
}
