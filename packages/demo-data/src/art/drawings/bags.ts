import type { Ink } from '../ink.js';
import type { Drawing } from './drawing.js';
import { circle, path, rect, shade, shine, stroke } from '../shapes.js';

export const backpack: Drawing = (ink, { flip }) =>
  stroke('M170 92 Q200 54 230 92', ink.deep, 9) +
  stroke('M118 170 Q92 230 112 300 M282 170 Q308 230 288 300', ink.deep, 13) +
  rect(116, 84, 168, 234, 56, ink.body) +
  (flip
    ? path('M116 150 Q116 84 172 84 H228 Q284 84 284 150 L284 164 Q200 196 116 164Z', ink.dark)
    : stroke('M128 150 Q200 128 272 150', ink.deep, 4)) +
  rect(140, 210, 120, 88, 22, ink.dark) +
  stroke('M152 230 H248', ink.accent, 4) +
  rect(242, 228, 8, 20, 4, ink.accent) +
  stroke('M134 132 Q136 104 162 98', shine(0.4), 6) +
  rect(182, 168, 36, 20, 4, ink.paper);

const tote = (ink: Ink, strap: number): string =>
  stroke('M152 176 Q150 74 200 74 Q250 74 248 176', ink.deep, strap) +
  path('M88 160 H312 L300 304 Q299 318 284 318 H116 Q101 318 100 304Z', ink.body) +
  path('M88 160 H312 L311 174 H89Z', ink.dark) +
  stroke('M152 164 V208 M248 164 V208', ink.deep, strap) +
  circle(152, 210, 4, '#d8b36a') +
  circle(248, 210, 4, '#d8b36a') +
  rect(176, 236, 48, 34, 4, ink.paper) +
  stroke('M186 248 H214 M190 258 H210', ink.deep, 3) +
  path('M274 174 H311 L300 304 Q299 318 284 318 H262Z', shade(0.12)) +
  stroke('M100 184 L110 296', shine(0.35), 5);

const shoulderBag = (ink: Ink): string =>
  stroke('M96 190 Q120 62 200 62 Q280 62 304 190', ink.deep, 8) +
  rect(84, 178, 232, 140, 34, ink.body) +
  path('M84 196 Q84 172 112 172 H288 Q316 172 316 196 V214 Q300 262 200 262 Q100 262 84 214Z', ink.dark) +
  stroke('M94 214 Q112 252 200 252 Q288 252 306 214', shine(0.35), 2.5, 'stroke-dasharray="6 5"') +
  circle(200, 256, 15, '#d8b36a') +
  circle(200, 256, 7, ink.deep) +
  stroke('M104 188 Q110 182 124 182 H180', shine(0.4), 5);

/** A tote, a bag on a long strap, or a bag with a frame. */
export const handbag: Drawing = (ink, { flip, says }) => {
  if (says('Tote')) return tote(ink, flip ? 10 : 14);
  return says('Shoulder') || says('Cross-body') ? shoulderBag(ink) : framedBag(ink, flip);
};

const framedBag = (ink: Ink, flip: boolean): string =>
  stroke('M146 186 Q150 88 200 88 Q250 88 254 186', ink.deep, flip ? 9 : 13) +
  path('M100 180 H300 L322 304 Q322 318 306 318 H94 Q78 318 78 304Z', ink.body) +
  path('M100 180 H300 L306 214 Q200 252 94 214Z', ink.dark) +
  rect(186, 218, 28, 30, 6, '#d8b36a') +
  circle(200, 233, 5, ink.deep) +
  circle(148, 192, 6, '#d8b36a') +
  circle(252, 192, 6, '#d8b36a') +
  stroke('M90 300 H310', shine(0.3), 2.5, 'stroke-dasharray="6 5"') +
  path('M100 180 L92 224 L84 300 L100 300 L114 182Z', shade(0.1));

export const wallet: Drawing = (ink, { flip, says }) => {
  const cards = says('Travel')
    ? rect(126, 128, 92, 70, 6, '#7b2b3b') +
      circle(172, 152, 12, '#d8b36a') +
      rect(226, 146, 62, 50, 4, ink.paper)
    : rect(150, 128, 132, 60, 8, '#7fb4c9') +
      rect(124, 146, 140, 52, 8, ink.accent) +
      rect(138, 158, 22, 16, 3, '#f0dca4');
  if (says('Card Holder'))
    return (
      `<g transform="translate(0 6)">${cards}` +
      path('M106 176 Q200 168 294 176 V298 Q294 314 278 314 H122 Q106 314 106 298Z', ink.dark) +
      path('M106 206 H168 Q200 240 232 206 H294 V298 Q294 314 278 314 H122 Q106 314 106 298Z', ink.body) +
      stroke('M114 214 H164 Q200 250 236 214 H286 M116 304 H284', shine(0.4), 2.5, 'stroke-dasharray="6 5"') +
      `${circle(266, 286, 6, '#d8b36a')}</g>`
    );
  return (
    cards +
    path('M84 190 Q84 172 102 172 H300 Q316 172 316 190 V304 H84Z', ink.deep) +
    path('M80 206 Q80 188 98 188 H296 Q314 188 314 206 V300 Q314 318 296 318 H98 Q80 318 80 300Z', ink.body) +
    path('M80 276 Q150 300 314 266 V300 Q314 318 296 318 H98 Q80 318 80 300Z', shade(0.1)) +
    stroke('M92 200 H302 V306 H92Z', shine(0.35), 2.5, 'stroke-dasharray="6 5"') +
    (flip && !says('Bifold')
      ? path('M330 230 H268 Q246 230 246 253 Q246 276 268 276 H330Z', ink.dark) +
        circle(270, 253, 8, '#d8b36a')
      : path('M314 206 V300 Q314 318 296 318 H290 Q300 260 290 188 H296 Q314 188 314 206Z', shade(0.2)) +
        circle(112, 290, 6, '#d8b36a'))
  );
};
