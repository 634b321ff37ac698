import type { Drawing } from './drawing.js';
import { circle, ellipse, path, rect, shade, shine, stroke } from '../shapes.js';

export const boardGame: Drawing = (ink, { flip }) =>
  path('M66 226 L200 172 L334 226 L200 286Z', ink.paper) +
  [0, 1, 2, 3]
    .map((step) =>
      path(
        `M${100 + step * 34} ${226 - step * 13} L${133 + step * 34} ${213 - step * 13} L${166 + step * 34} ${228 - step * 14} L${133 + step * 34} ${241 - step * 13}Z`,
        step % 2 ? ink.light : ink.main,
      ),
    )
    .join('') +
  path('M66 226 L200 286 V316 L66 254Z', ink.body) +
  path('M334 226 L200 286 V316 L334 254Z', ink.deep) +
  [
    [150, 208, ink.accent],
    [236, 232, '#5fb3a3'],
  ]
    .map(
      ([x, y, fill]) =>
        path(
          `M${Number(x)} ${Number(y) - 56} a15 15 0 1 1 .1 0 L${Number(x) + 19} ${Number(y) + 10} H${Number(x) - 19}Z`,
          String(fill),
        ) + circle(Number(x), Number(y) - 64, 15, String(fill)),
    )
    .join('') +
  rect(flip ? 186 : 262, flip ? 112 : 142, 46, 46, 9, '#fffdf6', 'transform="rotate(14 260 160)"') +
  [
    [-10, -10],
    [0, 0],
    [10, 10],
  ]
    .map(([dx = 0, dy = 0]) => circle((flip ? 214 : 284) + dx, (flip ? 130 : 168) + dy, 4.5, ink.black))
    .join('');

export const blocks: Drawing = (ink, { flip }) => {
  const brick = (x: number, y: number, width: number, fill: string): string =>
    path(
      Array.from(
        { length: Math.round(width / 46) },
        (_, stud) => `M${x + 10 + stud * 46} ${y + 4}v-14h26v14Z`,
      ).join(''),
      fill,
      `stroke="${fill}" stroke-width="3" stroke-linejoin="round"`,
    ) +
    rect(x, y, width, 54, 6, fill) +
    rect(x, y + 42, width, 12, 5, shade(0.14)) +
    stroke(`M${x + 10} ${y + 10} H${x + width - 14}`, shine(0.45), 4);
  return (
    brick(84, 264, 138, ink.main) +
    brick(226, 264, 92, ink.accent) +
    brick(flip ? 176 : 108, 196, 92, '#5fb3a3') +
    brick(flip ? 84 : 204, 196, 92, ink.light) +
    brick(154, 128, 92, ink.dark)
  );
};

export const bear: Drawing = (ink, { flip }) =>
  circle(138, 110, 30, ink.main) +
  circle(262, 110, 30, ink.main) +
  circle(138, 112, 16, ink.light) +
  circle(262, 112, 16, ink.light) +
  ellipse(110, 234, 26, 44, ink.dark, 'transform="rotate(28 110 234)"') +
  ellipse(290, 234, 26, 44, ink.dark, 'transform="rotate(-28 290 234)"') +
  ellipse(200, 250, 82, 72, ink.body) +
  ellipse(200, 258, 48, 46, ink.light) +
  ellipse(136, 302, 36, 22, ink.dark) +
  ellipse(264, 302, 36, 22, ink.dark) +
  ellipse(134, 302, 18, 12, ink.light) +
  ellipse(266, 302, 18, 12, ink.light) +
  circle(200, 148, 78, ink.body) +
  ellipse(200, 176, 36, 28, ink.light) +
  ellipse(200, 162, 13, 9, ink.black) +
  stroke('M200 170 V182 Q190 192 182 186 M200 182 Q210 192 218 186', ink.black, 3.5) +
  circle(168, 138, 7.5, ink.black) +
  circle(232, 138, 7.5, ink.black) +
  circle(170, 135, 2.5, '#fff') +
  circle(234, 135, 2.5, '#fff') +
  (flip
    ? path('M200 222 L160 204 V242Z M200 222 L240 204 V242Z', ink.accent) + circle(200, 222, 9, ink.accent)
    : stroke('M138 214 Q200 244 262 214', ink.accent, 13));

export const puzzle: Drawing = (ink, { flip }) => {
  const piece =
    'M0 0 H34 a16 16 0 1 1 32 0 H100 V34 a16 16 0 1 1 0 32 V100 H66 a16 16 0 1 0 -32 0 H0 V66 a16 16 0 1 0 0 -32Z';
  const at = (x: number, y: number, fill: string, turn = 0): string =>
    `<g transform="translate(${x} ${y}) rotate(${turn} 50 50)">${path(piece, fill)}${stroke('M8 8 H26', shine(0.5), 4)}</g>`;
  return (
    at(92, 112, ink.main) +
    at(192, 112, ink.accent) +
    at(92, 212, ink.light) +
    at(flip ? 212 : 204, flip ? 228 : 222, ink.dark, flip ? 16 : 10)
  );
};

export const scooter: Drawing = (ink, { flip }) =>
  circle(112, 290, 28, ink.black) +
  circle(112, 290, 13, ink.metal) +
  circle(296, 290, 28, ink.black) +
  circle(296, 290, 13, ink.metal) +
  path('M104 274 H236 Q262 272 270 244 L284 250 Q270 292 240 292 H112Z', ink.body) +
  stroke('M296 290 L262 104', ink.metal, 12) +
  stroke('M274 170 L262 104', ink.dark, 15) +
  stroke('M222 112 L300 92', ink.black, 11) +
  stroke('M222 112 L238 108 M284 96 L300 92', ink.accent, 13) +
  stroke('M84 276 Q112 246 140 270', ink.dark, 9) +
  (flip
    ? rect(268, 128, 44, 40, 10, ink.light, 'transform="rotate(-10 290 148)"')
    : stroke('M120 280 H226', shine(0.45), 4)) +
  ellipse(200, 319, 130, 3, shade(0.15));
