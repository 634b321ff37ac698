import { describe, expect, it } from 'vitest';
import { axesOf, choose, goesWith } from './variant-choice.js';

const variant = (size: string, colour: string) => ({
  id: `${size}-${colour}`,
  options: [
    { name: 'Size', value: size },
    { name: 'Colour', value: colour },
  ],
});
const variants = [variant('S', 'Red'), variant('S', 'Blue'), variant('L', 'Blue')];

describe('choosing a variant', () => {
  it('has an axis for every option, values in the order of the variants', () => {
    expect(axesOf(variants)).toEqual([
      { name: 'Size', values: ['S', 'L'] },
      { name: 'Colour', values: ['Red', 'Blue'] },
    ]);
    expect(axesOf([{ id: 'only', options: [] }])).toEqual([]);
  });

  it('keeps the other choices where that variant exists', () => {
    expect(choose(variants, variants[1], 'Size', 'L')?.id).toBe('L-Blue');
    expect(choose(variants, variants[2], 'Size', 'S')?.id).toBe('S-Blue');
  });

  it('gives up other choices rather than the one just made', () => {
    expect(choose(variants, variants[0], 'Size', 'L')?.id).toBe('L-Blue');
    expect(choose(variants, variants[0], 'Size', 'XXL')).toBeUndefined();
  });

  it('knows which values go with the present ones', () => {
    expect(goesWith(variants, variants[0], 'Size', 'L')).toBe(false);
    expect(goesWith(variants, variants[1], 'Size', 'L')).toBe(true);
  });
});
