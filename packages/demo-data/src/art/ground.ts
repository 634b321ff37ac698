import { brightness, mix } from './colours.js';

/** What a product stands on. */
export interface Ground {
  readonly definitions: string;
  readonly back: string;
}

/** Pale tones that any product stands out from. */
const TONES = ['#f3e9dc', '#e6ecef', '#ece6f0', '#e5ede3', '#f5e3dc', '#e9e7e1', '#dfe9ec', '#f1ead2'];

/**
 * A gradient wall, a floor and a soft shadow. The tone goes with the product's colour, and keeps away from it when
 * the product is pale itself.
 *
 * @param choice which of a few arrangements
 * @param hanging true for what hangs: it throws no shadow on the floor
 */
export function createGround(main: string, choice: number, hanging: boolean): Ground {
  const tone = TONES[choice % TONES.length] ?? '#f3e9dc';
  const wall = mix(tone, main, brightness(main) > 0.72 ? 0.05 : 0.14);
  const behind = brightness(main) > 0.78 ? mix(wall, '#5b6470', 0.3) : wall;
  const lit = mix(behind, '#ffffff', 0.5);
  const floor = mix(behind, '#2b2638', 0.09);
  const halo = choice % 3;
  // Behind the floor, so that it looks like a niche in the wall.
  const backdrop =
    halo === 0 || (halo === 1 && hanging)
      ? `<circle cx="200" cy="196" r="150" fill="${lit}" opacity=".75"/>`
      : halo === 1
        ? `<path d="M66 320V190a134 134 0 0 1 268 0v130Z" fill="${lit}" opacity=".7"/>`
        : '';
  return {
    definitions:
      `<radialGradient id="b" cx="50%" cy="38%" r="78%"><stop offset="0" stop-color="${lit}"/><stop offset="1" stop-color="${behind}"/></radialGradient>` +
      `<linearGradient id="f" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${floor}"/><stop offset="1" stop-color="${mix(floor, '#ffffff', 0.25)}"/></linearGradient>` +
      '<radialGradient id="d"><stop offset="0" stop-color="#1c1626" stop-opacity=".42"/><stop offset=".6" stop-color="#1c1626" stop-opacity=".14"/><stop offset="1" stop-color="#1c1626" stop-opacity="0"/></radialGradient>' +
      '<radialGradient id="h"><stop offset="0" stop-color="#fff2bd" stop-opacity=".95"/><stop offset="1" stop-color="#fff2bd" stop-opacity="0"/></radialGradient>',
    back:
      `<rect width="400" height="400" fill="url(#b)"/>${backdrop}` +
      (hanging
        ? ''
        : '<rect y="304" width="400" height="96" fill="url(#f)"/><ellipse cx="200" cy="320" rx="162" ry="19" fill="url(#d)"/>'),
  };
}
