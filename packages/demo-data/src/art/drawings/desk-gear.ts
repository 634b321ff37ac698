import type { Drawing } from './drawing.js';
import { circle, path, rect, shade, shine, stroke } from '../shapes.js';

export const keyboard: Drawing = (ink, { flip }) =>
  path('M64 196 H336 L350 302 Q350 314 338 314 H62 Q50 314 50 302Z', ink.body) +
  path('M50 302 H350 V306 Q350 316 338 316 H62 Q50 316 50 306Z', ink.deep) +
  [0, 1, 2, 3]
    .map((row) => {
      const y = 206 + row * 23;
      const inset = 76 - row * 3;
      const count = 11 - (row === 3 ? 6 : 0);
      const width = (400 - 2 * inset) / 11;
      return Array.from({ length: count }, (_, key) => {
        const wide = row === 3 && key === 2 ? 5 : 1;
        const shift = row === 3 && key > 2 ? key + 4 + (key > 3 ? 0 : 0) : key;
        const special = (row === 0 && key === 0) || (row === 2 && key === 10);
        return rect(
          inset + shift * width + 2,
          y,
          width * wide - 4 + (row === 3 && key === 4 ? width * 2 : 0),
          18,
          4,
          special ? ink.accent : ink.light,
        );
      }).join('');
    })
    .join('') +
  (flip ? stroke('M200 196 Q206 150 236 132 T262 84', ink.black, 5) : circle(322, 200, 2.5, ink.accent));

export const mouse: Drawing = (ink, { flip }) =>
  (flip ? stroke('M200 116 Q196 84 220 72 T252 40', ink.black, 5) : '') +
  path('M128 216 Q128 112 200 112 Q272 112 272 216 V248 Q272 318 200 318 Q128 318 128 248Z', ink.body) +
  path('M128 206 Q164 222 200 222 Q236 222 272 206 Q270 112 200 112 Q130 112 128 206Z', ink.dark) +
  stroke('M200 112 V222', ink.deep, 4) +
  rect(191, 142, 18, 44, 9, ink.black) +
  rect(195, 150, 10, 16, 5, ink.accent) +
  path('M146 250 Q150 296 190 306 Q150 306 140 262Z', shine(0.3));

export const drive: Drawing = (ink, { flip }) =>
  rect(112, 128, 176, 190, 22, ink.body) +
  rect(112, 128, 176, 190, 22, 'none', `stroke="${ink.deep}" stroke-width="5"`) +
  (flip
    ? [160, 178, 196, 214, 232].map((y) => stroke(`M134 ${y} H266`, shade(0.22), 6)).join('')
    : path('M112 206 L288 150 V150 Q288 128 266 128 H134 Q112 128 112 150Z', shine(0.16))) +
  rect(180, 88, 40, 14, 3, ink.metal) +
  rect(172, 100, 56, 28, 6, ink.black) +
  rect(136, 276, 54, 14, 4, ink.paper) +
  circle(260, 284, 6, ink.accent);

export const powerBank: Drawing = (ink, { flip }) =>
  rect(128, 92, 144, 226, 28, ink.body) +
  path('M128 120 Q128 92 156 92 H190 L146 318 Q128 312 128 290Z', shine(0.16)) +
  rect(168, 82, 30, 12, 3, ink.black) +
  rect(210, 82, 22, 12, 3, ink.black) +
  (flip
    ? path('M208 168 L176 220 H198 L190 258 L226 204 H204Z', ink.accent)
    : [0, 1, 2, 3].map((dot) => circle(170 + dot * 20, 280, 5, dot < 3 ? ink.accent : shade(0.3))).join('') +
      rect(160, 130, 80, 30, 8, shade(0.16)));

export const camera: Drawing = (ink, { flip }) =>
  path('M150 136 L164 104 H236 L250 136Z', ink.dark) +
  rect(68, 134, 264, 176, 24, '#3a3c44') +
  rect(68, 164, 264, 106, 0, ink.body) +
  rect(92, 118, 44, 18, 6, ink.metal) +
  circle(290, 128, 15, '#9aa1aa') +
  circle(204, 218, 78, '#24262d') +
  circle(204, 218, 64, ink.metal) +
  circle(204, 218, 54, '#1d1f26') +
  circle(204, 218, 38, '#34507a') +
  circle(204, 218, 20, '#16203a') +
  circle(188, 200, 11, shine(0.55)) +
  rect(96, 146, 34, 12, 3, shine(0.5)) +
  circle(302, 156, 5, flip ? ink.accent : '#e25a4a');
