import { expect, test, vi } from 'vitest';
import { toFilter } from '../domain/filter.js';
import type { Found, Listing } from './catalogue-index.js';
import { createRecentAnswers } from './recent-answers.js';

const listing = (differences: Partial<Listing> = {}): Listing => ({
  query: 'lamp',
  filter: toFilter({ brands: ['Aurora'], attributes: [{ id: 'colour', values: ['red'] }] }),
  sort: 'RELEVANCE',
  limit: 20,
  after: undefined,
  ...differences,
});
const found = (): Found => ({
  ...{ hits: [], total: 0, hasMore: false, hasAllWords: true },
  facets: () => [],
  didYouMean: () => null,
});

test('the same question is answered once', () => {
  const find = vi.fn(found);
  const answers = createRecentAnswers();
  const first = answers.of(listing(), find);
  expect(answers.of(listing({ query: ' LAMP ' }), find)).toBe(first);
  expect(find).toHaveBeenCalledTimes(1);
});

test.each<Partial<Listing>>([
  { query: 'lamps' },
  { filter: toFilter({ brands: ['Aurora'] }) },
  { filter: toFilter({ brands: ['Aurora'], attributes: [{ id: 'colour', values: ['blue'] }] }) },
  { filter: toFilter({ categories: ['lamps'], attributes: [{ id: 'colour', values: ['red'] }] }) },
  { sort: 'PRICE_ASC' },
  { limit: 21 },
  { after: ['RELEVANCE', -1, 'p1'] },
])('a question with %o is another one', (difference) => {
  const find = vi.fn(found);
  const answers = createRecentAnswers();
  answers.of(listing(), find);
  answers.of(listing(difference), find);
  expect(find).toHaveBeenCalledTimes(2);
});

test('after a change, and when others are asked more, it is answered anew', () => {
  const find = vi.fn(found);
  const answers = createRecentAnswers(2);
  answers.of(listing(), find);
  answers.clear();
  answers.of(listing(), find);
  expect(find).toHaveBeenCalledTimes(2);
  answers.of(listing({ query: 'sofa' }), find);
  answers.of(listing(), find);
  answers.of(listing({ query: 'tent' }), find);
  expect(find).toHaveBeenCalledTimes(4);
  answers.of(listing(), find);
  expect(find).toHaveBeenCalledTimes(4);
  answers.of(listing({ query: 'sofa' }), find);
  expect(find).toHaveBeenCalledTimes(5);
});
