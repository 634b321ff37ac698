import type { Drawing } from './drawing.js';
import { circle, ellipse, path, rect, shade, shine, stroke } from '../shapes.js';

export const clock: Drawing = (ink, { flip }) =>
  circle(200, 196, 122, ink.body) +
  circle(200, 196, 104, ink.paper) +
  Array.from({ length: 12 }, (_, hour) =>
    rect(197, 104, 6, hour % 3 === 0 ? 24 : 13, 2, ink.deep, `transform="rotate(${hour * 30} 200 196)"`),
  ).join('') +
  stroke(flip ? 'M200 196 L158 158' : 'M200 196 L164 146', ink.black, 9) +
  stroke(flip ? 'M200 196 L262 148' : 'M200 196 L274 172', ink.black, 6) +
  stroke('M192 214 L228 126', ink.accent, 3) +
  circle(200, 196, 9, ink.accent) +
  path('M112 150 Q136 92 200 88 Q150 104 128 156Z', shine(0.4));

/** Round on the wall, or as tall as a person and leaning on it. */
export const mirror: Drawing = (ink, { flip, says }) => {
  const tall = says('Full-length') || (flip && !says('Round'));
  return (
    (tall
      ? path('M120 318 V176 Q120 74 200 74 Q280 74 280 176 V318Z', ink.body) +
        path('M132 308 V178 Q132 88 200 88 Q268 88 268 178 V308Z', ink.glass) +
        path('M150 308 L268 160 V196 L178 308Z', shine(0.4))
      : circle(200, 194, 120, ink.body) +
        circle(200, 194, 106, ink.glass) +
        path('M124 240 L254 108 L280 132 L146 278Z', shine(0.38)) +
        stroke('M200 74 V48', ink.deep, 4) +
        circle(200, 46, 6, ink.accent)) +
    ellipse(200, 318, tall ? 92 : 0, tall ? 4 : 0, shade(0.2)) +
    (tall ? rect(118, 312, 164, 8, 3, ink.dark) : '')
  );
};
