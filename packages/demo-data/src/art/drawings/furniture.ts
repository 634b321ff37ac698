import type { Drawing } from './drawing.js';
import { ellipse, path, rect, shade, shine, stroke } from '../shapes.js';

export const chair: Drawing = (ink, { flip }) =>
  stroke('M138 232 L120 318 M262 232 L280 318', ink.dark, 11) +
  stroke('M160 240 L152 306 M240 240 L248 306', ink.deep, 8) +
  (flip
    ? path('M132 84 Q200 62 268 84 L256 206 H144Z', ink.body) +
      path('M146 98 Q200 82 254 98 L246 190 H154Z', shade(0.1))
    : stroke('M140 90 L148 220 M260 90 L252 220', ink.dark, 11) +
      rect(130, 84, 140, 34, 14, ink.body) +
      rect(140, 140, 120, 22, 10, ink.body) +
      stroke('M200 118 V210', ink.dark, 7)) +
  path('M122 206 H278 Q290 206 286 222 L282 236 H118 L114 222 Q110 206 122 206Z', ink.body) +
  path('M118 226 H282 L281 238 H119Z', ink.deep) +
  stroke('M138 212 H240', shine(0.4), 4);

export const desk: Drawing = (ink, { flip }) =>
  stroke('M92 214 L80 318 M308 214 L320 318', ink.dark, 11) +
  stroke('M112 214 L116 300 M288 214 L284 300', ink.deep, 7) +
  rect(60, 196, 280, 18, 6, ink.body) +
  (flip ? rect(220, 214, 96, 40, 4, ink.dark) + rect(256, 230, 24, 7, 3, ink.accent) : '') +
  rect(104, 142, 62, 46, 5, ink.black) +
  rect(128, 186, 14, 11, 0, ink.metal) +
  path('M250 196 L258 164 H284 L292 196Z', ink.accent) +
  path('M270 164 Q254 132 262 116 Q276 136 272 164 Q288 132 296 130 Q292 152 274 164Z', '#5f8a5a') +
  stroke('M66 200 H330', shine(0.4), 3);

export const shelf: Drawing = (ink, { flip }) => {
  const book = (x: number, y: number, height: number, fill: string): string =>
    path(`M${x} ${y}v${-height}h13v${height}Z`, fill);
  const row = (y: number, turn: number): string =>
    [0, 1, 2, 3, 4]
      .map((place) =>
        book(
          134 + place * 15,
          y,
          34 + ((place * 7 + turn * 5) % 13),
          [ink.accent, ink.light, ink.paper, ink.deep, '#7fb4c9'][(place + turn) % 5] ?? ink.accent,
        ),
      )
      .join('');
  return (
    rect(112, 72, 176, 246, 6, ink.body) +
    [84, 146, 208, 270].map((y) => rect(124, y, 152, 48, 2, shade(0.42))).join('') +
    row(132, 0) +
    row(194, 2) +
    ellipse(252, 178, 14, 16, ink.accent) +
    rect(226, 102, 36, 30, 4, flip ? '#7fb4c9' : ink.paper) +
    row(256, 3) +
    rect(140, 286, 44, 32, 4, ink.light) +
    rect(212, 282, 50, 36, 4, ink.deep) +
    path('M236 256 Q224 224 232 216 Q244 230 240 256 Q252 226 262 228 Q258 246 244 256Z', '#5f8a5a')
  );
};

export const sofa: Drawing = (ink, { flip }) =>
  stroke('M96 300 L90 318 M304 300 L310 318', '#7a5637', 10) +
  rect(84, 168, 232, 96, 28, ink.dark) +
  rect(96, 178, 102, 82, 20, ink.body) +
  rect(202, 178, 102, 82, 20, ink.body) +
  rect(88, 240, 224, 62, 18, ink.body) +
  stroke('M200 246 V296', shade(0.22), 4) +
  rect(56, 206, 48, 98, 24, ink.body) +
  rect(296, 206, 48, 98, 24, ink.body) +
  rect(
    flip ? 110 : 232,
    198,
    56,
    52,
    12,
    ink.accent,
    `transform="rotate(${flip ? -8 : 8} ${flip ? 138 : 260} 224)"`,
  ) +
  stroke('M70 222 Q72 214 84 214', shine(0.5), 5) +
  stroke('M112 190 H170', shine(0.3), 5);

export const bed: Drawing = (ink, { flip }) =>
  (flip
    ? rect(66, 128, 268, 130, 34, ink.body)
    : rect(66, 136, 268, 120, 12, ink.wood) +
      stroke('M110 144 V250 M155 144 V250 M200 144 V250 M245 144 V250 M290 144 V250', shade(0.16), 5)) +
  rect(92, 196, 96, 50, 20, ink.paper) +
  rect(212, 196, 96, 50, 20, ink.paper) +
  path('M70 232 Q200 218 330 232 L344 292 H56Z', '#f3ece0') +
  path('M64 252 Q200 236 336 252 L344 296 H56Z', flip ? ink.light : ink.body) +
  rect(54, 290, 292, 18, 6, flip ? ink.dark : ink.wood) +
  rect(66, 306, 14, 14, 2, '#6d4a33') +
  rect(320, 306, 14, 14, 2, '#6d4a33') +
  path('M64 252 Q130 244 170 244 L150 294 H56Z', shine(0.16));
