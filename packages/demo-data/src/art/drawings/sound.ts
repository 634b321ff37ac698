import type { Drawing } from './drawing.js';
import { circle, ellipse, path, rect, shade, shine, stroke } from '../shapes.js';

export const headphones: Drawing = (ink, { flip }) =>
  stroke('M98 226 Q92 84 200 84 Q308 84 302 226', ink.dark, 20) +
  stroke('M112 180 Q124 102 200 102 Q276 102 288 180', ink.light, 9) +
  rect(72, 196, 58, 112, 28, ink.body) +
  rect(270, 196, 58, 112, 28, ink.body) +
  rect(116, 204, 30, 96, 15, ink.black) +
  rect(254, 204, 30, 96, 15, ink.black) +
  (flip
    ? circle(96, 252, 15, ink.accent) + circle(304, 252, 15, ink.accent)
    : rect(90, 224, 8, 56, 4, shine(0.4)) + rect(302, 224, 8, 56, 4, shade(0.2)));

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

export const speaker: Drawing = (ink, { flip }) =>
  (flip
    ? rect(126, 84, 148, 234, 20, ink.body) +
      rect(138, 96, 124, 210, 12, shade(0.22)) +
      circle(200, 150, 34, ink.deep) +
      circle(200, 150, 15, ink.metal) +
      circle(200, 242, 54, ink.deep) +
      circle(200, 242, 40, ink.black) +
      circle(200, 242, 17, ink.metal)
    : rect(72, 176, 256, 142, 68, ink.body) +
      rect(116, 190, 168, 114, 20, shade(0.2)) +
      [0, 1, 2, 3]
        .flatMap((row) =>
          Array.from({ length: 8 }, (_, column) => circle(134 + column * 19, 210 + row * 25, 4, shade(0.35))),
        )
        .join('') +
      stroke('M130 178 Q200 96 270 178', ink.accent, 8)) +
  (flip ? stroke('M140 104 V290', shine(0.25), 4) : circle(92, 246, 8, shine(0.5)));

export const turntable: Drawing = (ink) =>
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
  rect(100, 276, 34, 42, 6, ink.black) +
  rect(266, 276, 34, 42, 6, ink.black);

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
