import type { LeafCategory } from '../taxonomy/types.js';
import { hexOf } from './colours.js';
import { drawings } from './drawings/index.js';
import { isHanging } from './hanging.js';
import { createInk, inkDefinitions } from './ink.js';
import { nested } from './nested.js';
import { usualColour } from './usual-colours.js';

/** Drawings have 400 units, places in a category's picture a good half of that. */
const SCALE = 0.62;

/** What goes where in a category's picture. */
export interface CategoryThing {
  readonly leaf: LeafCategory;
  readonly place: number;
  /** The middle of the place, and the line that things stand on, in the picture's units. */
  readonly x: number;
  readonly floor: number;
  readonly hash: number;
}

/** One thing of a category in a colour that it is sold in, with its own definitions. */
export function drawCategoryThing({ leaf, place, x, floor, hash }: CategoryThing): string {
  const offered = leaf.axes.find(({ name }) => name === 'Colour')?.values ?? [];
  // Steps of two: lists begin with black and white, and neighbours in the picture should differ.
  const choice = hash + place * 2;
  const colour = offered.length > 0 ? offered[choice % offered.length] : usualColour(leaf.drawing, choice);
  const ink = createInk(hexOf(colour, choice), choice);
  const noun = leaf.nouns[place % leaf.nouns.length]?.name ?? leaf.name;
  const drawn = drawings[leaf.drawing](ink, {
    flip: place % 2 === 1,
    size: place / 4,
    says: (word) => noun.includes(word),
  });
  const [left, top] = [Math.round(x - 200 * SCALE), Math.round(floor - 320 * SCALE)];
  const shadow = isHanging(leaf.drawing)
    ? ''
    : `<ellipse cx="${x}" cy="${floor}" rx="96" ry="11" fill="#1c1626" fill-opacity=".16"/>`;
  return nested(
    `t${place}`,
    `<defs>${inkDefinitions(ink, drawn)}</defs>${shadow}<g transform="translate(${left} ${top})scale(${SCALE})">${drawn}</g>`,
  );
}
