import type { Drawing } from './drawing.js';
import { circle, ellipse, path, rect, shade, shine, stroke } from '../shapes.js';

const TOP =
  'M148 96 L120 108 L66 158 L98 200 L122 178 L122 312 Q200 322 278 312 L278 178 L302 200 L334 158 L280 108 L252 96 Q200 134 148 96Z';
const LONG =
  'M146 94 L116 106 Q94 120 84 160 L62 296 L98 304 L122 204 L122 316 Q200 326 278 316 L278 204 L302 304 L338 296 L316 160 Q306 120 284 106 L254 94 Q200 120 146 94Z';

/** Short or long sleeves; a round neck, a V or a row of buttons; a pocket, stripes, a print or nothing. */
export const tshirt: Drawing = (ink, { flip, size, says }) => {
  const body = says('Long-sleeve')
    ? path(LONG, ink.body) +
      stroke('M122 204 V300 M278 204 V300', shade(), 3) +
      path('M64 284 L99 292 L98 304 L62 296Z M336 284 L301 292 L302 304 L338 296Z', ink.dark)
    : path(TOP, ink.body) +
      stroke('M122 178 L122 236 M278 178 L278 236', shade(), 3) +
      stroke('M74 164 L104 196 M326 164 L296 196', shine(), 3);
  const neck = says('V-neck')
    ? path('M150 94 H250 L200 150Z', ink.deep) + stroke('M150 96 L200 150 L250 96', ink.light, 6)
    : path('M148 96 Q200 134 252 96 L242 92 Q200 118 158 92Z', ink.dark);
  const henley =
    path('M192 114 H208 V172 H192Z', ink.light) +
    [126, 142, 158].map((y) => circle(200, y, 3, ink.deep)).join('');
  const plain = says('Henley') || says('V-neck') || size < 0.4;
  const print = flip
    ? [170, 202, 234].map((y) => rect(122, y, 156, 14, 0, ink.accent, 'opacity=".85"')).join('')
    : circle(200, 202, 34, ink.accent) +
      path('M168 212 Q184 194 200 212 T232 212 A34 34 0 0 1 168 212Z', shade(0.22));
  return (
    body +
    (says('Pocket') ? path('M214 158 H250 V190 L232 200 L214 190Z', shade(0.16)) : plain ? '' : print) +
    neck +
    (says('Henley') ? henley : '') +
    path('M122 240 Q150 300 136 314 L122 312Z', shade(0.1))
  );
};

/** Fine ribs, or the cables of a fisherman; a round neck or a rolled one. */
export const jumper: Drawing = (ink, { flip, says }) => {
  const cables = says('Cable') || says('Fisherman') || (flip && !says('Cashmere'));
  const knit = cables
    ? [150, 200, 250]
        .map((x) => {
          const turns = [144, 184, 224, 264].map(
            (y) => `M${x - 9} ${y}q18 20 0 40M${x + 9} ${y}q-18 20 0 40`,
          );
          return stroke(turns.join(''), shade(0.2), 5);
        })
        .join('') + stroke('M175 136 V300 M225 136 V300', shade(0.12), 3)
    : [150, 172, 194, 216, 238]
        .map((x) =>
          stroke(`M${x} ${134 - Math.abs(200 - x) / 6} V300`, shade(0.09), 7, 'stroke-dasharray="1 11"'),
        )
        .join('');
  const neck = says('Roll-neck')
    ? path('M152 98 Q148 66 160 60 Q200 48 240 60 Q252 66 248 98 Q200 122 152 98Z', ink.dark) +
      path('M156 66 Q200 82 244 66 Q240 56 200 54 Q160 56 156 66Z', ink.deep)
    : path('M146 94 Q200 124 254 94 L250 82 Q200 104 150 82Z', ink.dark);
  return (
    path(LONG, ink.body) +
    neck +
    knit +
    path('M122 300 Q200 310 278 300 L278 316 Q200 326 122 316Z', ink.dark) +
    path('M65 282 L100 290 L98 304 L62 296Z M335 282 L300 290 L302 304 L338 296Z', ink.dark) +
    stroke('M122 204 V296 M278 204 V296', shade(), 3)
  );
};

export const jacket: Drawing = (ink, { flip }) =>
  path(LONG, ink.body) +
  path('M150 96 Q160 60 200 58 Q240 60 250 96 Q200 132 150 96Z', ink.dark) +
  path('M164 98 Q170 74 200 72 Q230 74 236 98 Q200 120 164 98Z', ink.deep) +
  stroke('M200 116 V318', ink.deep, 5) +
  stroke('M200 124 V310', ink.accent, 2, 'stroke-dasharray="3 4"') +
  (flip
    ? rect(136, 236, 44, 48, 5, shade(0.14)) + rect(220, 236, 44, 48, 5, shade(0.14))
    : stroke('M140 238 L170 276 M260 238 L230 276', ink.deep, 5)) +
  stroke('M122 172 V210 M278 172 V210', shade(), 4) +
  circle(222, 160, 5, ink.accent);

export const jeans: Drawing = (ink) =>
  path('M132 78 H268 L288 320 H222 L200 160 L178 320 H112Z', ink.body) +
  rect(130, 74, 140, 22, 4, ink.dark) +
  stroke('M200 96 V150', ink.deep, 3) +
  stroke('M140 100 Q146 134 172 130 M260 100 Q254 134 228 130', ink.accent, 2.5, 'stroke-dasharray="5 4"') +
  stroke('M128 312 H176 M224 312 H274', ink.accent, 2.5, 'stroke-dasharray="5 4"') +
  circle(200, 85, 5, '#d8a24a') +
  path(
    'M150 140 Q160 220 146 300 L130 300 Q138 210 150 140Z M250 140 Q240 220 254 300 L240 300 Q232 210 236 150Z',
    shine(0.12),
  );

export const dress: Drawing = (ink, { flip }) =>
  path(
    'M160 78 L172 74 Q200 108 228 74 L240 78 L246 130 Q236 168 240 180 L300 306 Q200 338 100 306 L160 180 Q164 168 154 130Z',
    ink.body,
  ) +
  rect(158, 170, 84, 14, 6, ink.dark) +
  stroke('M176 186 Q160 250 148 314 M200 186 V322 M224 186 Q240 250 252 314', shade(0.12), 4) +
  (flip
    ? [
        [184, 120],
        [214, 140],
        [180, 226],
        [222, 240],
        [150, 276],
        [246, 288],
        [200, 296],
      ]
        .map(([x = 0, y = 0]) => circle(x, y, 6, shine(0.45)))
        .join('')
    : '') +
  stroke('M160 78 L172 74 Q200 108 228 74 L240 78', ink.dark, 4) +
  ellipse(200, 177, 7, 7, ink.accent);
