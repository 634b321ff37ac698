import { circle, ellipse, path, shade, shine, stroke } from '../shapes.js';
import type { Drawing } from './drawing.js';

/** A football, a basketball or a volleyball, by its seams. */
export const ball: Drawing = ({ body, deep, paper, accent }, { flip, says }) => {
  const football =
    path('M200 168 L240 196 L226 244 H174 L160 196Z', deep) +
    stroke('M200 168 V118 M240 196 L292 176 M226 244 L258 290 M174 244 L142 290 M160 196 L108 176', deep, 5) +
    path(
      'M170 112 Q200 98 230 112 L218 126 H182Z M302 188 Q310 220 300 246 L286 230 284 200Z M98 188 Q90 220 100 246 L114 230 116 200Z M238 310 Q260 300 274 282 L264 272 246 284Z M162 310 Q140 300 126 282 L136 272 154 284Z',
      deep,
    );
  const basketball = stroke(
    'M200 106 V318 M94 212 H306 M124 138 Q182 212 124 286 M276 138 Q218 212 276 286',
    deep,
    6,
  );
  const volleyball =
    path('M200 212 Q164 168 122 140 A106 106 0 0 0 94 212 Q140 238 200 212Z', accent) +
    path('M200 212 Q256 204 296 168 A106 106 0 0 0 248 117 Q196 150 200 212Z', paper) +
    path('M200 212 Q180 264 192 318 A106 106 0 0 0 262 298 Q260 240 200 212Z', accent, 'opacity=".75"') +
    stroke(
      'M200 212 Q164 168 122 140 M200 212 Q256 204 296 168 M200 212 Q180 264 192 318 M200 212 Q140 238 94 212 M200 212 Q196 150 248 117 M200 212 Q260 240 262 298',
      deep,
      4,
    );
  const seams = says('Volleyball')
    ? volleyball
    : says('Basketball') || (flip && !says('Football'))
      ? basketball
      : football;
  return (
    circle(200, 212, 106, body) +
    seams +
    ellipse(160, 160, 30, 18, shine(0.4), 'transform="rotate(-40 160 160)"') +
    path('M112 272 Q190 330 296 256 Q272 318 200 318 Q146 318 112 272Z', shade(0.16))
  );
};
