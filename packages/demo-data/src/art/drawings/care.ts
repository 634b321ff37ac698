import type { Drawing } from './drawing.js';
import { circle, ellipse, path, rect, shade, shine, stroke } from '../shapes.js';

export const perfume: Drawing = (ink, { flip }) =>
  rect(176, 76, 48, 50, 8, flip ? ink.wood : ink.metal) +
  rect(184, 124, 32, 20, 3, '#c9a45a') +
  (flip
    ? circle(200, 232, 88, ink.glass) +
      path('M116 250 Q200 226 284 250 Q272 318 200 320 Q128 318 116 250Z', ink.main, 'opacity=".75"')
    : rect(122, 142, 156, 176, 18, ink.glass) +
      path('M132 196 H268 V300 Q268 308 260 308 H140 Q132 308 132 300Z', ink.main, 'opacity=".78"')) +
  rect(162, 214, 76, 54, 3, ink.paper) +
  stroke('M176 234 H224 M184 250 H216', ink.deep, 3) +
  path(flip ? 'M140 190 Q156 164 184 156 Q160 178 152 216Z' : 'M138 158 H154 V300 H138Z', shine(0.5));

export const jar: Drawing = (ink, { flip }) =>
  rect(112, 196, 176, 122, 26, ink.body) +
  rect(104, 142, 192, 60, 14, flip ? ink.wood : ink.dark) +
  rect(104, 186, 192, 16, 4, shade(0.16)) +
  rect(146, 226, 108, 62, 6, ink.paper) +
  stroke('M164 248 H236 M176 266 H224', ink.deep, 4) +
  stroke('M126 222 V292', shine(0.45), 7) +
  stroke('M120 156 H216', shine(0.4), 5) +
  (flip ? '' : ellipse(200, 142, 96, 10, ink.main));

export const pumpBottle: Drawing = (ink, { flip }) =>
  path('M186 62 H246 Q262 64 262 82 H246 Q244 78 236 78 H186Z', ink.black) +
  rect(192, 74, 16, 38, 3, ink.metal) +
  rect(172, 106, 56, 30, 6, ink.black) +
  path(
    'M150 168 Q150 136 180 136 H220 Q250 136 250 168 V300 Q250 318 232 318 H168 Q150 318 150 300Z',
    flip ? '#8a5a34' : ink.body,
  ) +
  rect(158, 190, 84, 88, 4, flip ? ink.light : ink.paper) +
  circle(200, 220, 14, ink.main) +
  stroke('M176 248 H224 M184 262 H216', ink.deep, 3.5) +
  stroke('M160 160 Q160 148 176 146', shine(0.5), 5) +
  path('M236 142 Q250 150 250 168 V300 Q250 314 238 317Z', shade(0.14));

export const hairDryer: Drawing = (ink, { flip }) =>
  path('M196 214 L262 206 L246 306 Q244 318 230 318 H206 Q190 318 192 302Z', ink.dark) +
  rect(208, 244, 22, 10, 5, ink.accent) +
  stroke('M218 318 Q220 352 262 344', ink.black, 6) +
  path('M92 132 Q180 104 244 112 Q306 118 306 172 Q306 224 248 228 Q180 232 92 206Z', ink.body) +
  rect(66, 126, 34, 86, 8, ink.black) +
  circle(254, 170, 34, ink.deep) +
  circle(254, 170, 24, ink.black) +
  stroke('M238 170 H270 M254 154 V186 M243 159 L265 181 M265 159 L243 181', '#8f97a3', 3) +
  stroke('M112 144 Q170 126 226 126', shine(0.45), 6) +
  (flip
    ? stroke('M46 144 H20 M46 170 H10 M46 196 H20', shine(0.8), 5)
    : stroke('M104 136 V204', ink.accent, 5));

export const toothbrush: Drawing = (ink, { flip }) =>
  `<g transform="rotate(${flip ? 14 : -14} 200 200)">${
    rect(186, 64, 28, 20, 6, ink.paper) +
    rect(168, 66, 20, 36, 4, '#eef4f7') +
    stroke('M170 72 H186 M170 80 H186 M170 88 H186 M170 96 H186', ink.accent, 2.5) +
    path('M188 66 H212 L210 150 H190Z', ink.paper) +
    path(
      'M186 148 H214 Q230 168 228 214 L224 318 Q222 336 200 336 Q178 336 176 318 L172 214 Q170 168 186 148Z',
      ink.body,
    ) +
    circle(200, 196, 12, ink.dark) +
    circle(200, 196, 5, ink.accent) +
    [230, 246, 262].map((y) => circle(200, y, 3, shine(0.7))).join('') +
    stroke('M184 172 Q178 200 182 306', shine(0.4), 5)
  }</g>`;
