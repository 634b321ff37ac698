import type { Drawing } from './drawing.js';
import { circle, ellipse, path, rect, shade, shine, stroke } from '../shapes.js';

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

export const bicycle: Drawing = (ink, { flip }) =>
  [112, 288]
    .map(
      (x) =>
        circle(x, 252, 64, 'none', `stroke="${ink.black}" stroke-width="9"`) +
        circle(x, 252, 55, 'none', 'stroke="#aeb5bd" stroke-width="3"') +
        Array.from({ length: 6 }, (_, spoke) =>
          stroke(`M${x - 54} 252 H${x + 54}`, '#c3c9d0', 1.5, `transform="rotate(${spoke * 30} ${x} 252)"`),
        ).join('') +
        circle(x, 252, 7, ink.black),
    )
    .join('') +
  stroke('M112 252 L166 164 H258 L196 252 H112 M166 164 L196 252 M258 164 L288 252', ink.main, 10) +
  stroke('M166 164 L158 136 M258 164 L250 124', ink.dark, 8) +
  (flip
    ? stroke('M250 124 Q286 116 288 136 Q288 150 272 150', ink.black, 8)
    : stroke('M236 122 H264 L284 132', ink.black, 8)) +
  path('M132 132 Q160 122 182 132 Q178 142 158 140Z', ink.black) +
  circle(196, 252, 16, ink.metal) +
  circle(196, 252, 7, ink.accent) +
  stroke('M196 252 L206 280 H218', ink.black, 5);

export const dumbbell: Drawing = (ink, { flip }) =>
  rect(150, 226, 100, 30, 12, ink.metal) +
  stroke(
    'M166 226 V256 M180 226 V256 M194 226 V256 M208 226 V256 M222 226 V256 M236 226 V256',
    shade(0.2),
    3,
  ) +
  (flip
    ? [
        circle(110, 241, 76, ink.body),
        circle(290, 241, 76, ink.body),
        circle(110, 241, 48, ink.dark),
        circle(290, 241, 48, ink.dark),
        circle(110, 241, 18, ink.metal),
        circle(290, 241, 18, ink.metal),
      ].join('')
    : [110, 290]
        .map(
          (x) =>
            path(
              `M${x - 34} 164 H${x + 34} L${x + 62} 204 V278 L${x + 34} 318 H${x - 34} L${x - 62} 278 V204Z`,
              ink.body,
            ) +
            path(
              `M${x - 24} 186 H${x + 24} L${x + 44} 214 V268 L${x + 24} 296 H${x - 24} L${x - 44} 268 V214Z`,
              ink.dark,
            ),
        )
        .join('')) +
  stroke('M84 178 L66 206', shine(0.4), 6) +
  stroke('M264 178 L246 206', shine(0.4), 6);

export const ball: Drawing = (ink, { flip }) =>
  circle(200, 212, 106, ink.body) +
  (flip
    ? stroke('M200 106 V318 M94 212 H306 M124 138 Q182 212 124 286 M276 138 Q218 212 276 286', ink.deep, 6)
    : path('M200 168 L240 196 L226 244 H174 L160 196Z', ink.deep) +
      stroke(
        'M200 168 V118 M240 196 L292 176 M226 244 L258 290 M174 244 L142 290 M160 196 L108 176',
        ink.deep,
        6,
      ) +
      path(
        'M172 112 H228 L218 126 H182Z M300 190 L304 240 L288 226 L286 200Z M100 190 L96 240 L112 226 L114 200Z M240 308 L268 288 L262 274 L244 284Z M160 308 L132 288 L138 274 L156 284Z',
        ink.deep,
      )) +
  ellipse(160, 160, 30, 18, shine(0.4), 'transform="rotate(-40 160 160)"') +
  path('M112 272 Q190 330 296 256 Q272 318 200 318 Q146 318 112 272Z', shade(0.16));

export const racket: Drawing = (ink, { flip }) =>
  `<g transform="rotate(${flip ? 28 : -28} 200 200)">${
    Array.from({ length: 8 }, (_, index) => stroke(`M${146 + index * 15} 74 V214`, '#e6e2d8', 1.6)).join('') +
    Array.from({ length: 9 }, (_, index) => stroke(`M136 ${80 + index * 16} H264`, '#e6e2d8', 1.6)).join('') +
    ellipse(200, 142, 76, 92, 'none', 'stroke="#2b2c33" stroke-width="3"') +
    ellipse(200, 142, 72, 88, 'none', `stroke="${ink.main}" stroke-width="13"`) +
    ellipse(
      200,
      142,
      72,
      88,
      'none',
      `stroke="${ink.accent}" stroke-width="13" stroke-dasharray="36 470" stroke-dashoffset="-40"`,
    ) +
    stroke('M166 220 L194 268 M234 220 L206 268', ink.main, 11) +
    rect(187, 262, 26, 84, 9, ink.black) +
    stroke('M188 282 L212 274 M188 300 L212 292 M188 318 L212 310 M188 336 L212 328', '#565c66', 3)
  }</g>` + (flip ? circle(92, 294, 24, '#d6e04f') + stroke('M74 282 Q92 294 82 316', '#fbfbe6', 3) : '');
