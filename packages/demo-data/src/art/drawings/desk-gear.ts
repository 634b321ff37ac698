import type { Ink } from '../ink.js';
import type { Drawing } from './drawing.js';
import { circle, path, rect, shade, shine, stroke } from '../shapes.js';

export const keyboard: Drawing = (ink, { flip, says }) => {
  const rows = [0, 1, 2, 3].map((row) => {
    const inset = 76 - row * 3;
    const width = (400 - 2 * inset) / 11;
    const places = row === 3 ? [0, 1, 2, 7, 8, 9, 10] : [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    const key = (place: number): string => {
      const keys = row === 3 && place === 2 ? 5 : 1;
      return `M${Math.round(inset + place * width + 4)} ${208 + row * 23}h${Math.round(width * keys - 8)}v14h${-Math.round(width * keys - 8)}Z`;
    };
    return { places, key, row };
  });
  const caps = (fill: string, isAccent: boolean): string =>
    path(
      rows
        .flatMap(({ places, key, row }) =>
          places.filter((place) => (row * 11 + place === 0 || row * 11 + place === 32) === isAccent).map(key),
        )
        .join(''),
      fill,
      `stroke="${fill}" stroke-width="4" stroke-linejoin="round"`,
    );
  return (
    path('M64 196 H336 L350 302 Q350 314 338 314 H62 Q50 314 50 302Z', ink.body) +
    path('M50 302 H350 V306 Q350 316 338 316 H62 Q50 316 50 306Z', ink.deep) +
    `<g transform="translate(0 3)" opacity=".7">${caps(ink.deep, false)}</g>` +
    caps(ink.light, false) +
    caps(ink.accent, true) +
    (flip && !says('Compact')
      ? stroke('M200 196 Q206 150 236 132 T262 84', ink.black, 5)
      : circle(322, 200, 2.5, ink.accent))
  );
};

export const mouse: Drawing = (ink, { flip }) =>
  (flip ? stroke('M200 116 Q196 84 220 72 T252 40', ink.black, 5) : '') +
  path('M128 216 Q128 112 200 112 Q272 112 272 216 V248 Q272 318 200 318 Q128 318 128 248Z', ink.body) +
  path('M128 206 Q164 222 200 222 Q236 222 272 206 Q270 112 200 112 Q130 112 128 206Z', ink.dark) +
  stroke('M200 112 V222', ink.deep, 4) +
  rect(191, 142, 18, 44, 9, ink.black) +
  rect(195, 150, 10, 16, 5, ink.accent) +
  path('M146 250 Q150 296 190 306 Q150 306 140 262Z', shine(0.3));

export const drive: Drawing = (ink, { flip, says }) => {
  if (says('NVMe'))
    return (
      `<g transform="rotate(-14 200 210)">` +
      rect(54, 166, 292, 92, 6, '#2f6b57') +
      rect(66, 178, 70, 68, 4, ink.black) +
      rect(146, 178, 70, 68, 4, ink.black) +
      rect(226, 186, 40, 52, 4, '#464a52') +
      rect(66, 190, 150, 44, 2, ink.main) +
      stroke('M78 206 H150 M78 220 H128', ink.paper, 4) +
      circle(196, 212, 8, ink.accent) +
      rect(334, 172, 18, 80, 2, '#d8b36a') +
      stroke(
        'M336 180 H352 M336 190 H352 M336 200 H352 M336 210 H352 M336 230 H352 M336 240 H352',
        '#8a6a2e',
        3,
      ) +
      `<path d="M54 204a8 8 0 0 1 0 16Z" fill="#fff" fill-opacity=".7"/></g>`
    );
  const bumpers = says('Rugged') || flip;
  return (
    stroke('M272 262 C330 262 346 226 318 196 S300 128 338 122', ink.black, 8) +
    rect(324, 96, 26, 30, 5, ink.black) +
    rect(329, 82, 16, 16, 3, ink.metal) +
    rect(66, 208, 214, 110, bumpers ? 26 : 18, bumpers ? ink.deep : ink.body) +
    (bumpers ? rect(88, 222, 170, 82, 10, ink.body) : '') +
    path('M92 222 H170 L130 304 H92Z', shine(0.16)) +
    stroke('M176 246 H240 M176 262 H240 M176 278 H240', shade(0.26), 5) +
    rect(104, 240, 44, 12, 3, ink.paper) +
    circle(110, 286, 5, ink.accent) +
    rect(268, 252, 14, 22, 4, ink.black)
  );
};

export const powerBank: Drawing = (ink, { flip }) =>
  rect(128, 92, 144, 226, 28, ink.body) +
  path('M128 120 Q128 92 156 92 H190 L146 318 Q128 312 128 290Z', shine(0.16)) +
  rect(168, 82, 30, 12, 3, ink.black) +
  rect(210, 82, 22, 12, 3, ink.black) +
  (flip
    ? path('M208 168 L176 220 H198 L190 258 L226 204 H204Z', ink.accent)
    : [0, 1, 2, 3].map((dot) => circle(170 + dot * 20, 280, 5, dot < 3 ? ink.accent : shade(0.3))).join('') +
      rect(160, 130, 80, 30, 8, shade(0.16)));

const instantCamera = (ink: Ink): string =>
  rect(128, 258, 144, 62, 4, ink.paper) +
  rect(138, 262, 124, 44, 2, '#7fb4c9') +
  path('M138 306 V290 Q170 268 200 290 T262 284 V306Z', '#64783f') +
  path('M92 130 Q92 96 126 96 H274 Q308 96 308 130 L322 256 Q324 276 304 276 H96 Q76 276 78 256Z', ink.body) +
  path('M80 240 H320 L322 256 Q324 276 304 276 H96 Q76 276 78 256Z', shade(0.2)) +
  rect(112, 252, 176, 10, 5, ink.black) +
  circle(200, 182, 58, '#24262d') +
  circle(200, 182, 46, ink.metal) +
  circle(200, 182, 36, '#1d1f26') +
  circle(200, 182, 22, '#34507a') +
  circle(190, 171, 8, shine(0.6)) +
  rect(112, 112, 44, 26, 6, '#fbf4dc') +
  rect(252, 114, 30, 22, 6, ink.black) +
  circle(110, 214, 10, '#e25a4a') +
  stroke('M144 104 H230', shine(0.4), 5);

export const camera: Drawing = (ink, { flip, says }) =>
  says('Instant') ? instantCamera(ink) : mirrorless(ink, flip);

const mirrorless = (ink: Ink, flip: boolean): string =>
  path('M150 136 L164 104 H236 L250 136Z', ink.dark) +
  rect(68, 134, 264, 176, 24, '#3a3c44') +
  rect(68, 164, 264, 106, 0, ink.body) +
  rect(92, 118, 44, 18, 6, ink.metal) +
  circle(290, 128, 15, '#9aa1aa') +
  circle(204, 218, 78, '#24262d') +
  circle(204, 218, 64, ink.metal) +
  circle(204, 218, 54, '#1d1f26') +
  circle(204, 218, 38, '#34507a') +
  circle(204, 218, 20, '#16203a') +
  circle(188, 200, 11, shine(0.55)) +
  rect(96, 146, 34, 12, 3, shine(0.5)) +
  circle(302, 156, 5, flip ? ink.accent : '#e25a4a');
