import type { Drawing } from './drawing.js';
import { circle, path, shade, shine, stroke } from '../shapes.js';

export const sneaker: Drawing = (ink, { flip }) =>
  path('M62 296 Q58 282 66 276 H334 Q346 282 342 300 Q340 316 320 316 H82 Q64 314 62 296Z', ink.paper) +
  path('M68 280 Q64 230 76 186 Q100 206 126 190 L150 168 Q190 222 262 238 Q330 246 336 280Z', ink.body) +
  path('M258 237 Q330 246 336 280 H270 Q268 252 236 232Z', ink.dark) +
  path('M68 280 Q64 230 76 186 L106 198 Q98 240 106 280Z', ink.dark) +
  stroke('M150 196 L176 180 M166 214 L192 198 M184 230 L210 212 M206 242 L230 226', ink.paper, 6) +
  (flip
    ? stroke('M120 262 Q160 262 216 238', ink.accent, 9)
    : stroke('M128 250 L146 278 M150 250 L168 278', ink.accent, 8)) +
  stroke('M72 298 H334', shade(0.18), 3) +
  stroke('M150 172 Q190 226 260 242', shine(), 3);

export const boot: Drawing = (ink, { flip, says }) =>
  path('M126 84 H218 Q214 150 220 196 Q238 222 292 232 Q324 240 326 284 H118 Q128 180 126 84Z', ink.body) +
  path('M112 284 H332 V300 Q332 306 324 306 H196 L188 318 H116 Q110 318 110 308Z', ink.black) +
  (says('Winter')
    ? path(
        'M116 74 Q114 58 130 60 Q150 50 172 58 Q196 50 214 60 Q232 60 228 78 Q230 96 212 98 H132 Q114 96 116 74Z',
        ink.paper,
      )
    : path('M124 84 H220 V102 H125Z', ink.dark)) +
  (says('Chelsea') || (flip && !says('Lace') && !says('Hiking'))
    ? path('M156 102 H190 Q182 160 192 214 Q172 224 160 200Z', ink.deep)
    : stroke(
        'M206 118 L176 124 M206 142 L176 148 M208 166 L178 172 M214 190 L184 196 M228 210 L200 222',
        ink.accent,
        4.5,
      )) +
  stroke('M118 276 H326', shine(0.35), 2.5, 'stroke-dasharray="6 5"') +
  path('M262 226 Q322 236 326 284 H280 Q284 246 262 226Z', shade(0.12)) +
  stroke('M126 84 Q118 66 132 64', ink.dark, 6) +
  circle(206, 118, 3, ink.metal);
