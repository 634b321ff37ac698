import type { Ink } from '../ink.js';

/** What may differ between two drawings of one kind. */
export interface Variation {
  /** A detail that half of them have. */
  readonly flip: boolean;
  /** 0 to 1, for proportions. */
  readonly size: number;
  /** Whether the product's name has the word, capitals and all: a `Chelsea` boot has no laces. */
  readonly says: (word: string) => boolean;
}

/**
 * Draws a product standing on the floor at y = 320 of a 400 by 400 picture, between x = 60 and x = 340.
 *
 * @returns SVG elements
 */
export type Drawing = (ink: Ink, variation: Variation) => string;
