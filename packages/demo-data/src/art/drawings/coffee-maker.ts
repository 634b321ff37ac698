import type { Ink } from '../ink.js';
import { circle, ellipse, path, rect, shade, shine, stroke } from '../shapes.js';
import type { Drawing } from './drawing.js';

const COFFEE = '#5b3a24';

/** An espresso machine, a filter machine, a French press or a moka pot: the name decides. */
export const coffeeMaker: Drawing = (ink, { flip, says }) => {
  if (says('French Press')) return frenchPress(ink);
  if (says('Moka')) return mokaPot(ink);
  return says('Espresso') || (flip && !says('Filter')) ? espressoMachine(ink) : filterMachine(ink);
};

const frenchPress = (ink: Ink): string =>
  circle(196, 76, 13, ink.body) +
  rect(193, 86, 6, 40, 0, ink.metal) +
  stroke('M254 158 H286 Q306 158 306 182 V252 Q306 278 286 278 H254', ink.dark, 16) +
  path('M136 138 H256 V304 Q256 314 246 314 H146 Q136 314 136 304Z', ink.glass, 'opacity=".85"') +
  path('M142 206 H250 V302 Q250 308 244 308 H148 Q142 308 142 302Z', COFFEE) +
  rect(142, 196, 108, 11, 3, ink.metal) +
  path('M130 128 Q132 110 168 110 H224 Q260 110 262 128 L260 140 H136 L116 132Z', ink.body) +
  rect(132, 164, 128, 10, 4, ink.body) +
  path('M132 250 H260 V318 H238 V300 H154 V318 H132Z', ink.body) +
  path('M132 250 H260 V258 H132Z', shine(0.3)) +
  stroke('M152 152 V240', shine(0.6), 6);

const mokaPot = (ink: Ink): string =>
  stroke('M256 130 Q312 126 304 172 L292 226', ink.black, 16) +
  path('M148 108 H252 L262 208 H138 L146 150 L116 132Z', ink.body) +
  path('M148 108 H180 L172 208 H138 L146 150 L116 132Z', shine(0.26)) +
  path('M226 108 H252 L262 208 H232Z', shade(0.16)) +
  path('M142 108 L200 84 L258 108Z', ink.dark) +
  circle(200, 78, 11, ink.black) +
  rect(132, 206, 136, 20, 6, ink.deep) +
  path('M140 226 H260 L280 306 Q282 318 268 318 H132 Q118 318 120 306Z', ink.body) +
  path('M140 226 H176 L162 318 H132 Q118 318 120 306Z', shine(0.24)) +
  path('M228 226 H260 L280 306 Q282 318 268 318 H240Z', shade(0.18)) +
  circle(200, 264, 8, ink.accent);

const espressoMachine = (ink: Ink): string =>
  rect(102, 88, 196, 64, 16, ink.body) +
  rect(102, 140, 66, 160, 8, ink.dark) +
  rect(96, 296, 208, 22, 8, ink.deep) +
  rect(196, 150, 64, 20, 6, ink.metal) +
  stroke('M212 170 V190 M244 170 V190', '#6b4428', 5) +
  stroke('M196 162 H150', ink.black, 12) +
  path('M196 232 H262 L256 296 H202Z', ink.paper) +
  stroke('M260 244 Q284 246 278 268 Q272 280 258 276', ink.paper, 7) +
  circle(132, 116, 14, ink.paper) +
  stroke('M132 116 L138 108', ink.black, 3) +
  circle(180, 116, 6, ink.accent) +
  circle(204, 116, 6, shine(0.6)) +
  stroke('M116 98 H280', shine(0.35), 4);

const filterMachine = (ink: Ink): string =>
  rect(106, 84, 188, 58, 16, ink.body) +
  rect(236, 130, 58, 170, 8, ink.dark) +
  rect(96, 296, 208, 22, 8, ink.deep) +
  path('M150 142 H218 L206 172 H162Z', ink.black) +
  path('M124 190 H224 L234 280 Q234 292 222 292 H126 Q114 292 114 280Z', ink.glass) +
  path('M119 236 H229 L234 280 Q234 292 222 292 H126 Q114 292 114 280Z', COFFEE) +
  ellipse(174, 236, 55, 4, '#7a5236') +
  stroke('M120 206 Q88 208 92 246 Q96 270 116 268', ink.black, 9) +
  rect(120, 182, 108, 12, 5, ink.black) +
  circle(264, 112, 7, ink.accent) +
  stroke('M122 94 H240', shine(0.35), 4);
