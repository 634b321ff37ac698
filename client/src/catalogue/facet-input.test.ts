import { describe, expect, it } from 'vitest';
import { toggleInput } from './facet-input.js';

describe('toggleInput', () => {
  it('adds a value to those of its facet, and takes it out again', () => {
    const both = toggleInput({ brands: ['Amara'] }, { brands: ['Ferro'] });
    expect(both).toEqual({ brands: ['Amara', 'Ferro'] });
    expect(toggleInput(both, { brands: ['Amara'] })).toEqual({ brands: ['Ferro'] });
  });

  it('keeps the attributes apart', () => {
    const red = toggleInput(
      { attributes: [{ id: 'size', values: ['L'] }] },
      { attributes: [{ id: 'color', values: ['Red'] }] },
    );
    expect(red.attributes).toEqual([
      { id: 'size', values: ['L'] },
      { id: 'color', values: ['Red'] },
    ]);
    expect(toggleInput(red, { attributes: [{ id: 'size', values: ['L'] }] })).toEqual({
      attributes: [{ id: 'color', values: ['Red'] }],
    });
  });

  it('replaces a price, and clears the one that is chosen', () => {
    const cheap = { price: { minMinor: 0, maxMinor: 999 } };
    expect(toggleInput({ price: { minMinor: 5 } }, cheap)).toEqual(cheap);
    expect(toggleInput(cheap, cheap)).toEqual({});
  });

  it('does nothing for a value without an input', () => {
    expect(toggleInput({ brands: ['Amara'] }, null)).toEqual({ brands: ['Amara'] });
  });
});
