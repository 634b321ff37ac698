import type { Product } from './product.js';

/** What a product's picture shows; a change of any of it is a new picture at a new address. */
export type PictureSubject = Pick<
  Product,
  'id' | 'name' | 'brand' | 'categorySlug' | 'origin' | 'attributes' | 'variants'
>;

/** The colour a product is shown in: that of its first variant, else its own. */
export const mainColour = ({ variants, attributes }: PictureSubject): string | undefined =>
  variants[0]?.options.find(({ name }) => name === 'Colour')?.value ??
  attributes.find(({ id }) => id === 'colour')?.value;

/**
 * Names a picture's content in its address, so that the address can be cached for ever.
 *
 * @param drawings the version of the drawings themselves
 */
export function pictureVersion(subject: PictureSubject, drawings: number): string {
  const shown = [subject.name, subject.brand, subject.categorySlug, subject.origin, mainColour(subject)].join(
    '\0',
  );
  let hash = 0x811c9dc5;
  for (let index = 0; index < shown.length; index += 1) {
    hash = Math.imul(hash ^ shown.charCodeAt(index), 0x01000193) >>> 0;
  }
  return `${drawings}${hash.toString(36)}`;
}
