import { circle, path, rect, shade, shine, stroke } from '../shapes.js';
import type { Drawing } from './drawing.js';

/** A torch on a loop of elastic, as it lies on a table, its beam towards you. */
export const headTorch: Drawing = ({ body, main, dark, deep, accent, black }, { flip }) =>
  path(
    'M58 214 C58 120 118 92 200 92 S342 120 342 214 C342 232 330 240 318 246 L296 214 C298 164 262 146 200 146 S102 164 104 214 L82 246 C70 240 58 232 58 214Z',
    deep,
  ) +
  path(
    'M66 208 C70 132 126 106 200 106 S330 132 334 208',
    'none',
    `stroke="${accent}" stroke-width="6" stroke-dasharray="14 9"`,
  ) +
  path(
    'M58 214 C58 262 96 290 144 292 V244 C116 240 104 230 104 214Z M342 214 C342 262 304 290 256 292 V244 C284 240 296 230 296 214Z',
    dark,
  ) +
  stroke('M72 238 C82 262 110 278 138 280', accent, 5, 'stroke-dasharray="12 10"') +
  stroke('M328 238 C318 262 290 278 262 280', accent, 5, 'stroke-dasharray="12 10"') +
  rect(128, 212, 144, 108, 34, body) +
  rect(128, 290, 144, 30, 15, shade(0.14)) +
  rect(178, 202, 44, 14, 6, accent) +
  circle(200, 264, 46, black) +
  circle(200, 264, 37, '#f7ecc0') +
  circle(200, 264, 27, '#fff7dc') +
  (flip ? circle(200, 264, 14, '#fff') : circle(188, 264, 10, '#fff') + circle(212, 264, 10, '#fff')) +
  circle(200, 264, 92, 'url(#h)', 'opacity=".5"') +
  rect(146, 254, 8, 20, 4, main) +
  stroke('M146 230 Q150 222 162 220', shine(0.5), 5);
