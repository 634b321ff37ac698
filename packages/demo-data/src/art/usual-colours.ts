import type { DrawingName } from './drawing-name.js';

/** What things come in that are sold without a choice of colour. A drawing that is not here comes in anything. */
const USUAL: Readonly<Partial<Record<DrawingName, readonly string[]>>> = {
  blocks: ['Cherry', 'Cobalt', 'Sage', 'Coral', 'Sky'],
  boardGame: ['Cobalt', 'Cherry', 'Forest', 'Plum', 'Rust'],
  drive: ['Graphite', 'Slate', 'Rust', 'Cobalt', 'Forest'],
  dumbbell: ['Charcoal', 'Slate', 'Coral', 'Cobalt', 'Sage'],
  jar: ['Ivory', 'Rose', 'Sage', 'Sky', 'Honey'],
  laptop: ['Cobalt', 'Terracotta', 'Plum', 'Forest', 'Midnight'],
  pan: ['Graphite', 'Charcoal', 'Cognac', 'Slate', 'Cherry'],
  perfume: ['Honey', 'Rose', 'Sage', 'Plum', 'Sky', 'Coral'],
  pumpBottle: ['Cognac', 'Sage', 'Terracotta', 'Slate', 'Plum'],
  puzzle: ['Sky', 'Sage', 'Coral', 'Cobalt', 'Plum'],
  stove: ['Silver', 'Graphite', 'Brass', 'Moss'],
};

/**
 * A colour's name for a product that says none.
 *
 * @param choice any whole number
 * @returns undefined if the thing comes in anything
 */
export function usualColour(drawing: DrawingName, choice: number): string | undefined {
  const names = USUAL[drawing];
  return names?.[choice % names.length];
}
