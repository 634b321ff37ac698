import type { Drawing } from './drawing.js';
import { circle, ellipse, path, shade, shine, stroke } from '../shapes.js';

export const yogaMat: Drawing = (ink, { flip }) =>
  path('M132 262 H346 L334 318 H104Z', ink.light) +
  path('M132 262 H346 L344 272 H130Z', shade(0.12)) +
  path('M104 156 H264 Q300 158 300 200 V276 Q300 318 264 318 H104Z', ink.body) +
  ellipse(104, 237, 46, 81, ink.dark) +
  [64, 46, 29, 13]
    .map((ry, index) =>
      ellipse(104, 237, 36 - index * 9, ry, 'none', `stroke="${ink.light}" stroke-width="3"`),
    )
    .join('') +
  (flip
    ? stroke('M168 158 Q146 236 168 316 M240 158 Q218 236 240 316', ink.accent, 9)
    : stroke('M140 176 H262', shine(0.35), 6));

/** A drop bar for gravel, a straight one for the city; the trekking bike has mudguards and a rack. */
export const bicycle: Drawing = (ink, { flip, says }) =>
  [112, 288]
    .map(
      (x) =>
        circle(x, 252, 64, 'none', `stroke="${ink.black}" stroke-width="9"`) +
        circle(x, 252, 55, 'none', 'stroke="#aeb5bd" stroke-width="3"') +
        `<path d="M${x - 54} 252h108M${x} 198v108M${x - 38} 214l76 76M${x - 38} 290l76-76M${x - 50} 231l100 42M${x - 50} 273l100-42" stroke="#aab1ba" stroke-width="1.5"/>` +
        circle(x, 252, 7, ink.black),
    )
    .join('') +
  (says('Trekking')
    ? stroke('M42 232 A74 74 0 0 1 178 220 M222 220 A74 74 0 0 1 344 204', ink.dark, 6) +
      stroke('M84 160 H150', ink.black, 7)
    : '') +
  stroke('M112 252 L166 164 H258 L196 252 H112 M166 164 L196 252 M258 164 L288 252', ink.main, 10) +
  stroke('M166 164 L158 136 M258 164 L250 124', ink.dark, 8) +
  (says('Gravel') || (flip && !says('City') && !says('Trekking'))
    ? stroke('M250 124 Q286 116 288 136 Q288 150 272 150', ink.black, 8)
    : stroke('M236 122 H264 L284 132', ink.black, 8)) +
  path('M132 132 Q160 122 182 132 Q178 142 158 140Z', ink.black) +
  circle(196, 252, 16, ink.metal) +
  circle(196, 252, 7, ink.accent) +
  stroke('M196 252 L206 280 H218', ink.black, 5);
