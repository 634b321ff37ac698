import type { Drawing } from './drawing.js';
import { circle, ellipse, path, rect, shade, shine, stroke } from '../shapes.js';

const glow = (x: number, y: number, radius: number): string => circle(x, y, radius, 'url(#h)');

export const tableLamp: Drawing = (ink, { flip, says }) => {
  const ceramic = says('Ceramic') || (flip && !says('Brass'));
  return (
    glow(200, 200, 150) +
    (ceramic
      ? path(
          'M186 196 H214 L218 250 Q256 262 256 292 Q256 318 200 318 Q144 318 144 292 Q144 262 182 250Z',
          ink.body,
        ) + path('M158 284 Q160 264 186 256 Q166 276 172 304 Q158 300 158 284Z', shine(0.35))
      : rect(194, 180, 12, 128, 4, ink.metal) + ellipse(200, 310, 58, 11, ink.dark)) +
    path('M150 84 H250 L292 196 Q200 214 108 196Z', ceramic ? ink.paper : ink.body) +
    path('M108 196 Q200 214 292 196 L289 188 Q200 204 111 188Z', ink.accent) +
    path('M150 84 H176 L146 202 Q124 200 108 196Z', shine(0.28)) +
    stroke('M232 206 V236', ink.deep, 2) +
    circle(232, 240, 4, ink.accent)
  );
};

export const pendant: Drawing = (ink, { flip, says }) =>
  stroke('M200 0 V112', ink.black, 4) +
  glow(200, 260, 130) +
  rect(188, 104, 24, 30, 6, '#c9a45a') +
  (says('Lantern') || says('Rattan') || says('Glass') || flip
    ? circle(200, 208, 86, ink.body) +
      [40, 62, 82]
        .map((rx) => ellipse(200, 208, rx, 86, 'none', `stroke="${shade(0.14)}" stroke-width="2.5"`))
        .join('') +
      ellipse(168, 170, 16, 26, shine(0.4), 'transform="rotate(30 168 170)"')
    : path('M176 132 H224 Q300 168 318 258 H82 Q100 168 176 132Z', ink.body) +
      ellipse(200, 258, 118, 18, '#fff3cf') +
      ellipse(200, 258, 118, 18, 'none', `stroke="${ink.dark}" stroke-width="5"`) +
      path('M170 138 Q112 178 100 244 L128 248 Q136 180 184 138Z', shine(0.25)));

export const candle: Drawing = (ink, { flip }) =>
  glow(200, 110, 110) +
  path('M200 76 Q224 112 210 134 Q200 146 190 134 Q176 112 200 76Z', '#f7b733') +
  path('M200 104 Q210 122 204 134 Q200 138 196 134 Q190 122 200 104Z', '#fff2c0') +
  stroke('M200 134 V166', ink.black, 4) +
  rect(132, 162, 136, 156, flip ? 14 : 26, ink.body) +
  ellipse(200, 168, 62, 13, '#f6ead2') +
  rect(152, 214, 96, 66, 4, ink.paper) +
  stroke('M168 236 H232 M178 252 H222', ink.dark, 3) +
  path('M142 184 V296', 'none', `stroke="${shine(0.4)}" stroke-width="6" stroke-linecap="round"`);
