import type { Ink } from '../ink.js';
import type { Drawing } from './drawing.js';
import { circle, ellipse, path, rect, shade, shine, stroke } from '../shapes.js';

export const headphones: Drawing = (ink, { flip }) =>
  stroke('M92 220 V196 A108 112 0 0 1 308 196 V220', ink.dark, 22) +
  stroke('M94 190 A106 110 0 0 1 196 84', ink.light, 6) +
  stroke('M120 150 A88 92 0 0 1 280 150', ink.black, 13) +
  rect(85, 184, 14, 52, 6, ink.metal) +
  rect(301, 184, 14, 52, 6, ink.metal) +
  rect(120, 202, 36, 116, 18, ink.black) +
  rect(244, 202, 36, 116, 18, ink.black) +
  rect(142, 216, 6, 88, 3, shine(0.16)) +
  rect(252, 216, 6, 88, 3, shine(0.16)) +
  path('M134 196 V320 H122 Q66 316 66 258 Q66 200 122 196Z', ink.body) +
  path('M266 196 V320 H278 Q334 316 334 258 Q334 200 278 196Z', ink.body) +
  ellipse(92, 258, 14, 38, ink.dark) +
  ellipse(308, 258, 14, 38, ink.deep) +
  (flip
    ? stroke('M126 206 V310 M274 206 V310', ink.accent, 5)
    : ellipse(92, 258, 6, 18, ink.accent) + ellipse(308, 258, 6, 18, ink.accent)) +
  stroke('M84 232 Q92 214 112 208', shine(0.5), 4);

export const earbuds: Drawing = (ink) =>
  rect(110, 196, 180, 122, 54, ink.body) +
  path('M110 250 Q110 196 164 196 H236 Q290 196 290 250 L290 246 Q200 258 110 246Z', ink.dark) +
  rect(188, 262, 24, 7, 3.5, ink.accent) +
  [142, 258]
    .map((x) => {
      const side = x < 200 ? 1 : -1;
      return (
        rect(x - 9 + side * 6, 128, 18, 66, 9, ink.light) +
        circle(x, 120, 30, ink.body) +
        ellipse(x - side * 20, 112, 13, 17, ink.black, `transform="rotate(${-side * 20} ${x} 112)"`) +
        circle(x + side * 10, 116, 5, shade(0.3))
      );
    })
    .join('') +
  stroke('M136 216 Q150 206 176 206', shine(0.4), 5);

/** A box for the shelf, a fabric drum for the kitchen, a loaf with a handle for the park. */
export const speaker: Drawing = (ink, { flip, says }) => {
  if (says('Bookshelf')) return bookshelf(ink);
  return says('Smart') || (flip && !says('Portable')) ? drum(ink) : loaf(ink);
};

const bookshelf = (ink: Ink): string =>
  rect(126, 84, 148, 234, 14, ink.body) +
  rect(138, 96, 124, 210, 10, shade(0.22)) +
  circle(200, 148, 34, ink.deep) +
  circle(200, 148, 15, ink.metal) +
  circle(200, 240, 56, ink.deep) +
  circle(200, 240, 43, ink.black) +
  circle(200, 240, 18, ink.metal) +
  stroke('M172 216 A36 36 0 0 1 192 205', shine(0.3), 4) +
  circle(248, 108, 4, ink.accent) +
  stroke('M134 98 V300', shine(0.3), 4);

const dots = (width: number, gap: number): string => `stroke-dasharray="${width} ${gap}"`;

const drum = (ink: Ink): string =>
  path('M124 128 V292 Q124 318 200 318 Q276 318 276 292 V128Z', ink.body) +
  [148, 170, 192, 214, 236, 258, 280]
    .map((y) => stroke(`M128 ${y} Q200 ${y + 22} 272 ${y}`, shade(0.24), 5, dots(1, 9)))
    .join('') +
  path('M126 286 Q200 312 274 286 L276 292 Q276 318 200 318 Q124 318 124 292Z', shade(0.24)) +
  ellipse(200, 128, 76, 20, ink.light) +
  ellipse(200, 128, 66, 15, ink.black) +
  ellipse(200, 128, 54, 11, 'none', `stroke="${ink.accent}" stroke-width="4"`) +
  path('M136 152 Q146 158 156 160 V300 Q142 298 136 292Z', shine(0.22));

const loaf = (ink: Ink): string =>
  stroke('M124 190 Q200 92 276 190', ink.dark, 12) +
  rect(66, 178, 268, 140, 66, ink.body) +
  rect(104, 194, 192, 108, 22, shade(0.24)) +
  [212, 230, 248, 266, 284].map((y) => stroke(`M120 ${y} H280`, shade(0.4), 6, dots(0.1, 12.3))).join('') +
  circle(85, 248, 9, shine(0.35)) +
  circle(315, 248, 9, shade(0.25)) +
  rect(178, 240, 44, 16, 8, ink.accent) +
  stroke('M112 188 H220', shine(0.45), 4);

export const turntable: Drawing = (ink) =>
  `<g transform="translate(0 20)">${
    path('M82 214 L104 128 H296 L318 214Z', ink.body) +
    ellipse(188, 172, 92, 36, ink.black) +
    ellipse(188, 172, 66, 25, 'none', `stroke="${shine(0.2)}" stroke-width="2"`) +
    ellipse(188, 172, 46, 17, 'none', `stroke="${shine(0.2)}" stroke-width="2"`) +
    ellipse(188, 172, 28, 11, ink.accent) +
    ellipse(188, 172, 4, 2, ink.paper) +
    stroke('M288 140 L282 186 L244 200', ink.metal, 6) +
    circle(288, 140, 11, '#c9ced4') +
    rect(82, 214, 236, 62, 10, ink.dark) +
    circle(112, 246, 10, ink.metal) +
    rect(270, 240, 30, 10, 5, ink.accent) +
    rect(104, 276, 40, 24, 6, ink.black) +
    rect(256, 276, 40, 24, 6, ink.black)
  }</g>`;

export const microphone: Drawing = (ink, { flip }) =>
  ellipse(200, 312, 66, 12, ink.black) +
  rect(194, 230, 12, 84, 5, ink.metal) +
  stroke('M142 168 Q142 252 200 252 Q258 252 258 168', ink.metal, 8) +
  rect(158, 82, 84, 150, 42, ink.body) +
  path('M158 164 V124 Q158 82 200 82 Q242 82 242 124 V164Z', '#565c66') +
  [102, 118, 134, 150].map((y) => stroke(`M164 ${y} H236`, '#8f97a3', 3)).join('') +
  stroke('M180 86 V162 M200 82 V162 M220 86 V162', '#8f97a3', 3) +
  rect(158, 162, 84, 9, 0, flip ? ink.accent : ink.metal) +
  circle(200, 200, 8, ink.accent);
