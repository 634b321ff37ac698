import { path, rect, shade, shine, stroke } from '../shapes.js';
import type { Drawing } from './drawing.js';

/** Two dumbbells seen from the side: hexagonal heads, or stacked discs in the form of a barrel. */
export const dumbbell: Drawing = ({ body, dark, deep, accent, metal }, { flip, says }) => {
  const hex = says('Hex') || says('Neoprene') || (flip && !says('Chrome'));
  const weights = says('Chrome') ? metal : body;
  const heads = hex
    ? [104, 296]
        .map(
          (x) =>
            path(
              `M${x - 26} 170 H${x + 26} L${x + 46} 206 V282 L${x + 26} 318 H${x - 26} L${x - 46} 282 V206Z`,
              body,
            ) +
            path(
              `M${x - 26} 170 H${x + 26} L${x + 46} 206 H${x - 46}Z M${x - 46} 282 H${x + 46} L${x + 26} 318 H${x - 26}Z`,
              shade(0.16),
            ) +
            path(`M${x - 26} 170 H${x + 26} L${x + 46} 206 H${x - 46}Z`, shine(0.26)),
        )
        .join('')
    : rect(66, 214, 18, 60, 7, deep) +
      rect(84, 192, 26, 104, 9, weights) +
      rect(110, 170, 34, 148, 11, weights) +
      rect(316, 214, 18, 60, 7, deep) +
      rect(290, 192, 26, 104, 9, weights) +
      rect(256, 170, 34, 148, 11, weights) +
      stroke('M92 204 V284 M120 184 V300 M266 184 V300 M298 204 V284', shine(0.4), 5) +
      rect(144, 206, 8, 76, 3, accent) +
      rect(248, 206, 8, 76, 3, accent);
  return (
    rect(138, 228, 124, 32, 8, metal) +
    stroke('M168 230 V258 M184 230 V258 M200 230 V258 M216 230 V258 M232 230 V258', shade(0.22), 3) +
    heads +
    (hex ? rect(146, 222, 8, 44, 3, dark) + rect(246, 222, 8, 44, 3, dark) : '')
  );
};
