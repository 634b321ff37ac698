import type { Drawing } from './drawing.js';
import { circle, path, rect, shade, shine, stroke } from '../shapes.js';

/** A picture on a screen: dusk over hills in the product's colours. */
const scenery = (
  x: number,
  y: number,
  width: number,
  height: number,
  ink: Parameters<Drawing>[0],
): string => {
  const bottom = y + height;
  return (
    rect(x, y, width, height, 6, ink.deep) +
    circle(x + width * 0.68, y + height * 0.34, Math.min(width, height) * 0.14, ink.accent) +
    path(
      `M${x} ${bottom} V${y + height * 0.7} Q${x + width * 0.3} ${y + height * 0.4} ${x + width * 0.55} ${y + height * 0.72} T${x + width} ${y + height * 0.62} V${bottom}Z`,
      ink.main,
    ) +
    path(
      `M${x} ${bottom} V${y + height * 0.86} Q${x + width * 0.45} ${y + height * 0.6} ${x + width} ${y + height * 0.9} V${bottom}Z`,
      ink.light,
    )
  );
};
const glare = (x: number, y: number, width: number, height: number): string =>
  path(`M${x} ${y} H${x + width * 0.42} L${x + width * 0.18} ${y + height} H${x}Z`, shine(0.1));

export const laptop: Drawing = (ink) =>
  rect(92, 112, 216, 148, 12, '#3a3d45') +
  scenery(101, 121, 198, 126, ink) +
  glare(101, 121, 198, 126) +
  path('M60 296 L88 260 H312 L340 296Z', ink.metal) +
  path('M92 268 H308 L318 284 H82Z', shade(0.35)) +
  rect(56, 296, 288, 14, 7, '#8b929b') +
  rect(172, 296, 56, 6, 3, '#6d747d');

export const monitor: Drawing = (ink, { flip }) =>
  rect(184, 236, 32, 70, 3, ink.metal) +
  rect(138, 300, 124, 18, 9, '#9aa1aa') +
  rect(62, 84, 276, 170, 12, '#34363e') +
  scenery(72, 94, 256, 146, ink) +
  glare(72, 94, 256, 146) +
  (flip ? rect(72, 236, 256, 6, 0, ink.accent) : circle(200, 247, 3, ink.accent));

export const phone: Drawing = (ink, { flip }) =>
  (flip
    ? ''
    : rect(218, 84, 104, 226, 24, ink.dark, 'transform="rotate(9 270 200)"') +
      rect(232, 100, 36, 46, 12, ink.deep, 'transform="rotate(9 270 200)"') +
      circle(254, 112, 9, ink.black) +
      circle(251, 131, 9, ink.black)) +
  rect(flip ? 142 : 118, 76, 116, 242, 26, '#2c2e36') +
  rect(flip ? 142 : 118, 76, 116, 242, 26, 'none', `stroke="${ink.main}" stroke-width="5"`) +
  scenery(flip ? 151 : 127, 86, 98, 222, ink) +
  rect(flip ? 184 : 160, 94, 32, 9, 4.5, ink.black) +
  glare(flip ? 151 : 127, 86, 98, 222);

export const tablet: Drawing = (ink, { flip }) =>
  rect(86, 92, 228, 222, 20, '#2c2e36') +
  rect(86, 92, 228, 222, 20, 'none', `stroke="${ink.main}" stroke-width="4"`) +
  scenery(100, 106, 200, 194, ink) +
  glare(100, 106, 200, 194) +
  (flip
    ? rect(322, 104, 12, 190, 6, ink.paper) + path('M322 294 L328 312 L334 294Z', ink.dark)
    : circle(200, 99, 2.5, '#5b5f69'));

export const watch: Drawing = (ink, { flip }) =>
  path('M164 136 L172 66 H228 L236 136Z M164 264 L172 334 H228 L236 264Z', ink.body) +
  stroke('M200 296 V322', ink.deep, 4, 'stroke-dasharray="1 10"') +
  rect(286, 186, 14, 32, 5, '#8b929b') +
  (flip
    ? circle(200, 200, 88, ink.metal) + circle(200, 200, 74, '#20222a')
    : rect(118, 122, 164, 156, 44, ink.metal) + rect(130, 134, 140, 132, 34, '#20222a')) +
  circle(200, 200, 50, 'none', `stroke="${ink.deep}" stroke-width="10"`) +
  circle(
    200,
    200,
    50,
    'none',
    `stroke="${ink.accent}" stroke-width="10" stroke-linecap="round" stroke-dasharray="220 400" transform="rotate(-90 200 200)"`,
  ) +
  stroke('M200 200 V168 M200 200 L222 212', ink.paper, 5) +
  circle(200, 200, 5, ink.paper);
