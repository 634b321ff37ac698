import { hashText } from '../random/hash.js';
import { leafBySlug } from '../taxonomy/index.js';
import { brightness, hexOf, mix } from './colours.js';
import { drawings } from './drawings/index.js';
import { createGround } from './ground.js';
import { isHanging } from './hanging.js';
import { createInk, inkDefinitions } from './ink.js';
import { brandMark } from './mark.js';
import { nested } from './nested.js';
import { paperFor } from './papers.js';
import { type ArtSubject, svgDocument } from './picture.js';
import { plainArt } from './plain-art.js';
import { usualColour } from './usual-colours.js';

/**
 * A product's picture as an SVG document of some 3 kB: always the same for the same subject.
 *
 * @param width in pixels; the drawing itself has no size @default 640
 * @example response.end(productArt({ id, name, brand, categorySlug, colour: 'Navy' }, 320));
 */
export function productArt(subject: ArtSubject, width = 640): string {
  const leaf = leafBySlug(subject.categorySlug);
  if (!leaf) return plainArt(subject, width);
  const name = leaf.drawing;
  const hash = hashText(subject.id);
  const main = hexOf(subject.colour ?? usualColour(name, hash >>> 9), hash >>> 9);
  const ink = createInk(main, hash >>> 3);
  const hanging = isHanging(name);
  const ground = createGround(main, paperFor(leaf.department, hash >>> 7), hash >>> 5, hanging);
  const variation = {
    flip: (hash & 1) === 1,
    size: ((hash >>> 12) & 255) / 255,
    says: (word: string) => subject.name.includes(word),
  };
  const drawn = drawings[name](ink, variation);
  const mark = mix(brightness(main) > 0.6 ? '#3b3644' : main, '#1c1626', 0.45);
  return svgDocument(
    `${subject.brand}: ${subject.name}`,
    width,
    nested(
      `p${hash.toString(36)}`,
      `<defs>${ground.definitions}${inkDefinitions(ink, drawn)}</defs>${ground.back}<g transform="translate(200 ${hanging ? 206 : 320}) scale(1.04) translate(-200 ${hanging ? -200 : -320})">${drawn}</g>`,
    ) + brandMark(subject.brand, mark, hashText(subject.brand)),
  );
}
