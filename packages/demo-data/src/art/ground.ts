import { brightness, mix } from './colours.js';

/** What a product stands on. */
export interface Ground {
  readonly definitions: string;
  readonly back: string;
}

/** Figures on the wall: nothing, a disc, a niche, a horseshoe arch, an eight-pointed star. */
const FIGURES: readonly string[] = [
  '',
  '<circle cx="200" cy="192" r="146"/>',
  '<path d="M66 320V190a134 134 0 0 1 268 0v130Z"/>',
  '<path d="M112 320V224C84 186 88 116 130 82C172 50 228 50 270 82C312 116 316 186 288 224V320Z"/>',
  '<path d="M100 92h200v200H100Z"/><path d="M200 51 341 192 200 333 59 192Z"/>',
];
/** What hangs has no floor under it, so figures that stand on one are not for it. */
const FLOATING_FIGURES = [0, 1, 4, 1];

/** Paler than this, a product needs a deeper wall to be seen. */
const PALE = 0.7;

/**
 * A gradient wall with a figure, a floor and a soft shadow.
 *
 * @param main the product's colour; the wall keeps away from it when the product is pale itself
 * @param paper the wall's own colour, `#rrggbb`
 * @param choice which of a few arrangements
 * @param hanging true for what hangs: it throws no shadow on the floor
 */
export function createGround(main: string, paper: string, choice: number, hanging: boolean): Ground {
  const behind = brightness(main) > PALE ? mix(paper, '#4d4370', 0.17) : paper;
  const lit = mix(behind, '#fffdf6', 0.55);
  const floor = mix(behind, '#3b2f5c', 0.11);
  const figure = hanging ? FLOATING_FIGURES[choice % FLOATING_FIGURES.length] : choice % FIGURES.length;
  const backdrop = `<g fill="${lit}" opacity=".62">${FIGURES[figure ?? 0] ?? ''}</g>`;
  return {
    definitions:
      `<radialGradient id="b" cx="50%" cy="38%" r="78%"><stop offset="0" stop-color="${lit}"/><stop offset="1" stop-color="${behind}"/></radialGradient>` +
      `<linearGradient id="f" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${floor}"/><stop offset="1" stop-color="${mix(floor, '#ffffff', 0.25)}"/></linearGradient>` +
      '<radialGradient id="d"><stop offset="0" stop-color="#1c1626" stop-opacity=".42"/><stop offset=".6" stop-color="#1c1626" stop-opacity=".14"/><stop offset="1" stop-color="#1c1626" stop-opacity="0"/></radialGradient>',
    back:
      `<rect width="400" height="400" fill="url(#b)"/>${backdrop}` +
      (hanging
        ? ''
        : '<rect y="304" width="400" height="96" fill="url(#f)"/><ellipse cx="200" cy="320" rx="162" ry="19" fill="url(#d)"/>'),
  };
}
