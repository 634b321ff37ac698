import type { Drawing } from './drawing.js';
import { circle, path, rect, shade, shine, stroke } from '../shapes.js';

export const backpack: Drawing = (ink, { flip }) =>
  stroke('M170 92 Q200 54 230 92', ink.deep, 9) +
  stroke('M118 170 Q92 230 112 300 M282 170 Q308 230 288 300', ink.deep, 13) +
  rect(116, 84, 168, 234, 56, ink.body) +
  (flip
    ? path('M116 150 Q116 84 172 84 H228 Q284 84 284 150 L284 164 Q200 196 116 164Z', ink.dark)
    : stroke('M128 150 Q200 128 272 150', ink.deep, 4)) +
  rect(140, 210, 120, 88, 22, ink.dark) +
  stroke('M152 230 H248', ink.accent, 4) +
  rect(242, 228, 8, 20, 4, ink.accent) +
  stroke('M134 132 Q136 104 162 98', shine(0.4), 6) +
  rect(182, 168, 36, 20, 4, ink.paper);

export const handbag: Drawing = (ink, { flip }) =>
  stroke('M146 186 Q150 88 200 88 Q250 88 254 186', ink.deep, flip ? 9 : 13) +
  path('M100 180 H300 L322 304 Q322 318 306 318 H94 Q78 318 78 304Z', ink.body) +
  path('M100 180 H300 L306 214 Q200 252 94 214Z', ink.dark) +
  rect(186, 218, 28, 30, 6, '#d8b36a') +
  circle(200, 233, 5, ink.deep) +
  circle(148, 192, 6, '#d8b36a') +
  circle(252, 192, 6, '#d8b36a') +
  stroke('M90 300 H310', shine(0.3), 2.5, 'stroke-dasharray="6 5"') +
  path('M100 180 L92 224 L84 300 L100 300 L114 182Z', shade(0.1));

export const wallet: Drawing = (ink, { flip }) =>
  rect(112, 168, 190, 22, 5, '#e7dcc4') +
  rect(122, 154, 170, 30, 5, '#7fb4c9') +
  rect(132, 142, 150, 30, 5, '#ef7d63') +
  rect(88, 176, 224, 142, 18, ink.body) +
  stroke('M98 188 H302 M98 306 H302', shine(0.35), 2.5, 'stroke-dasharray="6 5"') +
  (flip
    ? path('M312 224 H262 Q244 224 244 246 Q244 268 262 268 H312Z', ink.dark) + circle(268, 246, 7, '#d8b36a')
    : stroke('M200 178 V316', ink.dark, 5)) +
  path('M88 270 Q150 300 312 262 V300 Q312 318 294 318 H106 Q88 318 88 300Z', shade(0.1));
