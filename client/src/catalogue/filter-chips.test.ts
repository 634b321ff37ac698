import { describe, expect, it } from 'vitest';
import { chipsOf } from './filter-chips.js';

describe('chipsOf', () => {
  const value = { id: 'table-lamps', label: 'Table Lamps', count: 3, selected: true, input: {} };
  const facets = [{ id: 'category', label: 'Category', type: 'LIST' as const, values: [value] }];

  it('labels a condition as its facet does, or by its value', () => {
    const chips = chipsOf({ categories: ['table-lamps'], brands: ['Gone'] }, facets);
    expect(chips.map(({ label }) => label)).toEqual(['Table Lamps', 'Gone']);
  });

  it.each([
    [{ minMinor: 1000, maxMinor: 2550 }, '€10.00 – €25.50'],
    [{ minMinor: 1000 }, '≥ €10.00'],
    [{ maxMinor: 3000 }, '≤ €30.00'],
  ])('writes the price %j for people', (price, label) => {
    expect(chipsOf({ price }, [])).toEqual([{ id: 'price', label, input: { price } }]);
  });

  it('gives every value of an attribute a chip that removes just that one', () => {
    const chips = chipsOf({ attributes: [{ id: 'color', values: ['Red', 'Blue'] }] }, []);
    expect(chips[1]?.input).toEqual({ attributes: [{ id: 'color', values: ['Blue'] }] });
  });
});
