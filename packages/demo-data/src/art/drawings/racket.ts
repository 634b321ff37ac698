import { circle, ellipse, path, rect, stroke } from '../shapes.js';
import type { Drawing } from './drawing.js';

/** A tennis racket with its ball, or a badminton racket with its shuttlecock. */
export const racket: Drawing = ({ main, dark, deep, accent, black, paper }, { says }) => {
  const badminton = says('Badminton');
  const [rx, ry] = badminton ? [58, 78] : [72, 88];
  const lines = [-4, -3, -2, -1, 0, 1, 2, 3, 4];
  const strings = lines
    .map((line) => {
      // The chord of an ellipse, near enough: 1 - x²/2 - x⁴/8 without a root.
      const reach = (at: number): number => 1 - (at * at) / 2 - (at * at * at * at) / 8;
      const half = Math.round(ry * reach((line * 14) / rx));
      const wide = Math.round(rx * reach((line * 16) / ry));
      return `M${200 + line * 14} ${142 - half}V${142 + half}M${200 - wide} ${142 + line * 16}H${200 + wide}`;
    })
    .join('');
  const head =
    ellipse(200, 142, rx, ry, '#fff', 'fill-opacity=".22"') +
    `<path d="${strings}" stroke="${deep}" stroke-opacity=".5" stroke-width="1.6"/>` +
    ellipse(200, 142, rx, ry, 'none', `stroke="${dark}" stroke-width="15"`) +
    ellipse(200, 142, rx, ry, 'none', `stroke="${main}" stroke-width="10"`) +
    ellipse(
      200,
      142,
      rx,
      ry,
      'none',
      `stroke="${accent}" stroke-width="10" stroke-dasharray="36 560" stroke-dashoffset="-40"`,
    );
  const neck = badminton
    ? stroke('M200 224 V276', dark, 8)
    : stroke('M168 222 L195 270 M232 222 L205 270', dark, 11) + stroke('M180 240 H220', accent, 7);
  const grip =
    rect(187, 266, 26, 82, 9, black) +
    stroke('M189 286 L211 278 M189 304 L211 296 M189 322 L211 314 M189 340 L211 332', '#6b7079', 3);
  const beside = badminton
    ? path('M74 252 L122 268 L98 314 Q86 322 78 308Z', paper) +
      stroke('M84 258 L86 304 M98 262 L90 308 M110 266 L94 312', deep, 2) +
      circle(88, 312, 14, accent)
    : circle(94, 290, 26, '#d6e04f') + stroke('M74 276 Q94 290 84 314', '#fbfbe6', 3);
  return `<g transform="rotate(28 200 200)">${head}${neck}${grip}</g>${beside}`;
};
