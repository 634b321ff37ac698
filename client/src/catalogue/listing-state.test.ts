import { describe, expect, it } from 'vitest';
import { clean, stateFromUrl, urlFromState } from './listing-state.js';

describe('the state of a listing in the address', () => {
  it('comes back as it went in', () => {
    const state = {
      query: 'lamp',
      sort: 'PRICE_ASC' as const,
      filter: {
        categories: ['table-lamps'],
        brands: ['Amara', 'Ferro'],
        price: { minMinor: 1000, maxMinor: 5000 },
        attributes: [{ id: 'color', values: ['Red', 'Blue'] }],
      },
    };
    // What vue-router hands back of a query it was given.
    const url = JSON.parse(JSON.stringify(urlFromState(state))) as Record<string, string | string[]>;
    expect(stateFromUrl(url)).toEqual(state);
  });

  it('reads a single value like a list of one', () => {
    expect(stateFromUrl({ brand: 'Amara', 'a.color': 'Red' }).filter).toEqual({
      brands: ['Amara'],
      attributes: [{ id: 'color', values: ['Red'] }],
    });
  });

  it('ignores what nobody could have meant', () => {
    expect(stateFromUrl({ sort: 'toString', min: '-5', max: '1e9', brand: ['', null], 'a.': [] })).toEqual({
      query: '',
      sort: undefined,
      filter: {},
    });
  });

  it('leaves out empty parts, so that equal filters look equal', () => {
    expect(
      clean({ brands: [], categories: null, price: {}, attributes: [{ id: 'color', values: [] }] }),
    ).toEqual({});
  });
});
