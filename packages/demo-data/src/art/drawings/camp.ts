import type { Drawing } from './drawing.js';
import { circle, ellipse, path, rect, shade, shine, stroke } from '../shapes.js';

export const tent: Drawing = (ink, { flip, says }) =>
  path('M40 320 L66 300 H334 L360 320Z', '#7e9169') +
  (says('Dome') || says('Family') || says('Tunnel') || (flip && !says('Trekking'))
    ? path('M64 312 Q72 118 200 112 Q328 118 336 312Z', ink.body) +
      path('M200 112 Q120 150 132 312 H64 Q72 118 200 112Z', shine(0.2)) +
      path('M166 312 Q166 204 200 196 Q234 204 234 312Z', ink.deep) +
      path('M200 196 Q234 204 234 312 H226 Q226 240 200 196Z', ink.accent) +
      stroke('M200 112 Q262 170 284 312 M200 112 Q138 170 116 312', ink.dark, 4)
    : path('M200 96 L338 312 H62Z', ink.body) +
      path('M200 96 L132 312 H62Z', shine(0.22)) +
      path('M200 150 L246 312 H154Z', ink.deep) +
      path('M200 150 L246 312 H228 Q224 220 200 150Z', ink.accent) +
      stroke('M200 96 L192 82 M200 96 L208 82', ink.dark, 5)) +
  stroke('M64 312 L44 320 M336 312 L356 320', ink.black, 3);

export const sleepingBag: Drawing = (ink, { flip }) =>
  `<g transform="rotate(${flip ? -24 : 24} 200 200)">${
    path(
      'M200 66 Q262 66 264 132 L254 300 Q250 338 200 338 Q150 338 146 300 L136 132 Q138 66 200 66Z',
      ink.body,
    ) +
    ellipse(200, 116, 42, 40, ink.deep) +
    ellipse(200, 122, 32, 30, ink.accent) +
    [182, 214, 246, 278, 308]
      .map((y) =>
        stroke(`M${146 + (y - 182) / 14} ${y} Q200 ${y + 12} ${254 - (y - 182) / 14} ${y}`, shade(0.18), 4),
      )
      .join('') +
    stroke('M236 150 L230 300', ink.accent, 4, 'stroke-dasharray="6 5"') +
    stroke('M152 140 L160 296', shine(0.35), 6)
  }</g>`;

export const bottle: Drawing = (ink, { flip, size }) => {
  const top = 128 - size * 24;
  return (
    (flip
      ? stroke(`M178 ${top - 38} Q200 ${top - 78} 222 ${top - 38}`, ink.black, 9)
      : rect(190, top - 58, 20, 26, 6, ink.black)) +
    rect(170, top - 40, 60, 42, 10, ink.black) +
    path(
      `M172 ${top} H228 Q254 ${top + 16} 254 ${top + 52} V296 Q254 318 232 318 H168 Q146 318 146 296 V${top + 52} Q146 ${top + 16} 172 ${top}Z`,
      ink.body,
    ) +
    rect(146, 276, 108, 10, 0, ink.accent) +
    path(
      `M160 ${top + 50} Q160 ${top + 26} 174 ${top + 14} Q168 ${top + 40} 170 296 Q160 296 160 280Z`,
      shine(0.42),
    ) +
    path('M236 150 Q254 160 254 200 V296 Q254 312 240 317Z', shade(0.14)) +
    circle(204, 214, 15, shine(0.3))
  );
};

export const stove: Drawing = (ink, { flip }) =>
  path(
    'M200 92 Q228 126 218 152 Q236 146 234 126 Q254 166 226 184 H174 Q146 166 166 126 Q164 146 182 152 Q172 126 200 92Z',
    '#5aa5e0',
  ) +
  path('M200 130 Q214 152 208 182 H192 Q186 152 200 130Z', '#d9f0ff') +
  stroke('M200 196 L128 178 M200 196 L272 178', ink.metal, 9) +
  rect(164, 184, 72, 18, 6, '#6d747d') +
  rect(186, 200, 28, 34, 4, ink.metal) +
  stroke('M214 218 H252', '#6d747d', 5) +
  circle(256, 218, 9, ink.accent) +
  path(
    'M140 254 Q140 230 170 230 H230 Q260 230 260 254 L266 300 Q266 318 244 318 H156 Q134 318 134 300Z',
    ink.body,
  ) +
  rect(150, 260, 100, 34, 4, flip ? ink.paper : ink.light) +
  stroke('M164 277 H236', ink.dark, 4) +
  ellipse(200, 314, 62, 4, shade(0.2));
