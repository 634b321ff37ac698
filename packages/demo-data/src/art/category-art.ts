import { hashText } from '../random/hash.js';
import { departmentBySlug, leafBySlug } from '../taxonomy/index.js';
import type { LeafCategory } from '../taxonomy/types.js';
import { drawCategoryThing } from './category-thing.js';
import { mix } from './colours.js';
import { paperFor } from './papers.js';
import { escapeText } from './shapes.js';

/**
 * The middle three of five stay in view when a tile cuts the sides off, the right two when a heading covers the left;
 * all of them lie in the middle strip that a low banner shows.
 */
const PLACES = [186, 393, 600, 807, 1014];
const FLOOR = 342;

/** A tile's arch around each place: the arcade that the things stand in. */
const ARCH =
  'M-88 342V230C-106 204-102 162-72 140C-44 118-14 104 0 88C14 104 44 118 72 140C102 162 106 204 88 230V342Z';

/**
 * A category's wide picture: five of the things it sells, in an arcade.
 *
 * @returns undefined for a category that the demo catalogue does not have
 * @param width in pixels, two and a half times the height @default 1200
 */
export function categoryArt(slug: string, width = 1200): string | undefined {
  const leaf = leafBySlug(slug);
  const department = departmentBySlug(leaf?.department ?? slug);
  if (!department) return undefined;
  const shown: readonly LeafCategory[] = leaf ? PLACES.map(() => leaf) : inOrderOfSight(department.leaves);
  const hash = hashText(slug);
  const paper = mix(paperFor(department.slug, leaf ? department.leaves.indexOf(leaf) : 0), '#4d4370', 0.06);
  const floor = mix(paper, '#3b2f5c', 0.16);
  const things = PLACES.map((x, place) => {
    const thing = shown[place % shown.length];
    return thing ? drawCategoryThing({ leaf: thing, place, x, floor: FLOOR, hash }) : '';
  });
  const arcade = PLACES.map((x) => `<path d="${ARCH}" transform="translate(${x} 0)"/>`).join('');
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 480" width="${width}" height="${Math.round(width * 0.4)}" role="img"><title>${escapeText(leaf?.name ?? department.name)}</title>` +
    `<rect width="1200" height="480" fill="${paper}"/><rect y="${FLOOR}" width="1200" height="138" fill="${floor}"/>` +
    `<g fill="${mix(paper, '#fffdf6', 0.6)}">${arcade}</g>${things.join('')}</svg>`
  );
}

/** The department's first leaf in the middle, where every crop shows it; the next ones to its right and left. */
function inOrderOfSight(leaves: readonly LeafCategory[]): readonly LeafCategory[] {
  const [first, second, third, fourth, fifth] = leaves;
  return [fifth, third, first, second, fourth].filter((leaf) => leaf !== undefined);
}
