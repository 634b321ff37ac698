import type { Drawing } from './drawing.js';
import { circle, ellipse, path, rect, shade, shine, stroke } from '../shapes.js';

const steam = (x: number, y: number): string =>
  stroke(`M${x} ${y} q-12 -14 0 -28 t0 -28 M${x + 26} ${y} q-12 -14 0 -28 t0 -28`, shine(0.75), 5);

/** A chef's knife, a santoku with its dropped nose, a small paring knife, or a bread knife with teeth. */
export const knife: Drawing = (ink, { flip, says }) => {
  const small = says('Paring');
  const teeth = 'q-7 14 -14 0'.repeat(14);
  const chef =
    path('M30 214 Q84 170 152 166 H232 V214Z', ink.metal) + path('M34 213 H232 V206 H46Z', shine(0.75));
  const santoku =
    path('M36 214 Q40 166 110 166 H232 V214Z', ink.metal) +
    path('M36 214 H232 V206 H38Z', shine(0.75)) +
    [70, 98, 126, 154, 182, 210].map((x) => circle(x, 196, 5, shade(0.1))).join('');
  const bread =
    path(`M232 168 H60 Q36 170 36 206 H232 ${teeth}Z`, ink.metal) +
    path('M44 190 H232 V182 H48Z', shine(0.6));
  const blade = says('Bread') ? bread : says('Santoku') || (flip && !says('Chef') && !small) ? santoku : chef;
  return `<g transform="rotate(-38 200 200)${small ? 'translate(70 66)scale(.66)' : ''}">${
    blade +
    rect(230, 162, 18, 54, 4, '#7c838c') +
    path('M246 168 H356 Q374 168 372 190 Q370 218 352 216 Q330 208 300 212 H246Z', ink.wood) +
    [272, 306, 340].map((x) => circle(x, 190, 5, '#e6e9ec')).join('') +
    stroke('M252 174 H350', shine(0.35), 4)
  }</g>`;
};

export const pan: Drawing = (ink, { flip }) =>
  path('M260 226 L352 150 Q366 142 370 154 Q372 162 362 170 L278 244Z', ink.black) +
  circle(356, 160, 5, ink.paper) +
  path('M60 226 H288 L268 296 Q262 318 236 318 H112 Q86 318 80 296Z', flip ? ink.metal : ink.body) +
  ellipse(174, 226, 114, 26, '#3a3d45') +
  ellipse(174, 228, 98, 19, '#2a2c33') +
  (flip
    ? ellipse(160, 226, 42, 12, '#fbf7ea') + ellipse(156, 222, 17, 8, '#f2b544')
    : path('M108 224 Q150 212 190 218 Q150 222 118 232Z', shine(0.2))) +
  stroke('M84 262 Q90 296 108 306', shine(0.4), 6);

export const kettle: Drawing = (ink, { flip, says }) =>
  stroke('M146 138 Q150 76 214 80 Q282 86 282 176 Q282 214 268 232', ink.black, 14) +
  (says('Gooseneck') || (flip && !says('Electric'))
    ? stroke('M124 266 Q78 262 82 208 Q84 170 58 158', ink.dark, 12)
    : path('M132 172 L78 158 L76 176 L126 232Z', ink.dark)) +
  path('M138 140 H246 L268 288 Q268 300 256 300 H128 Q116 300 116 288Z', ink.body) +
  path('M138 140 H246 L248 156 H136Z', ink.dark) +
  rect(180, 122, 26, 18, 8, ink.black) +
  rect(112, 300, 160, 18, 8, ink.black) +
  path('M146 164 L134 284 H152 L162 164Z', shine(0.35)) +
  circle(244, 282, 5, ink.accent);

/** A mug with a dipped or speckled glaze; an espresso cup is small and has a saucer. */
export const mug: Drawing = (ink, { flip, says }) => {
  const cup =
    steam(176, 132) +
    stroke('M262 186 Q330 182 320 238 Q312 280 254 274', ink.dark, 18) +
    path('M112 156 H270 L262 294 Q260 318 234 318 H148 Q122 318 120 294Z', ink.body) +
    ellipse(191, 157, 79, 16, ink.light) +
    ellipse(191, 159, 67, 11, '#5b3a24') +
    (flip
      ? path(
          'M114 222 Q150 236 190 222 T266 222 L262 294 Q260 318 234 318 H148 Q122 318 120 294Z',
          shade(0.16),
        )
      : `<path d="M146 210h0M168 252h0M206 226h0M232 270h0M188 288h0M240 214h0M150 290h0" stroke="${shine(0.6)}" stroke-width="8" stroke-linecap="round"/>`) +
    path('M124 182 L132 292 H146 L138 182Z', shine(0.3));
  if (!says('Espresso')) return cup;
  return (
    path('M66 300 H334 Q320 320 270 320 H130 Q80 320 66 300Z', ink.dark) +
    ellipse(200, 300, 134, 12, ink.light) +
    ellipse(200, 301, 70, 6, shade(0.14)) +
    `<g transform="translate(74 102)scale(.63)">${cup}</g>` +
    stroke('M286 292 L322 276', ink.metal, 6)
  );
};
