import type { DrawingName } from './drawing-name.js';

/** These hang on a wall, from a ceiling or in the air. */
const HANGING: ReadonlySet<DrawingName> = new Set([
  'clock',
  'dress',
  'jacket',
  'jeans',
  'jumper',
  'knife',
  'pendant',
  'racket',
  'sleepingBag',
  'toothbrush',
  'tshirt',
  'watch',
]);

/** Whether a thing throws no shadow on the floor. */
export const isHanging = (drawing: DrawingName): boolean => HANGING.has(drawing);
