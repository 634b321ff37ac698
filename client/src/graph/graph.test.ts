import { CombinedError } from '@urql/vue';
import { GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import { cacheKeys } from './cache-keys.js';
import { identityHeaders } from './identity-headers.js';
import { backoff } from './backoff.js';
import { problemOf } from './problem.js';

const graphQLError = (code: string) =>
  new CombinedError({ graphQLErrors: [new GraphQLError('no', { extensions: { code } })] });

describe('problemOf', () => {
  it.each([
    ['UNAVAILABLE', 'busy'],
    ['RATE_LIMITED', 'busy'],
    ['FORBIDDEN', 'forbidden'],
    ['UNAUTHENTICATED', 'signed-out'],
    ['NOT_FOUND', 'missing'],
    ['INTERNAL', 'broken'],
    ['SOMETHING_NEW', 'broken'],
  ])('calls %s %s', (code, problem) => {
    expect(problemOf(graphQLError(code), false)).toBe(problem);
  });

  it('tells a lost network from a failing server, and a part from nothing', () => {
    const offline = new CombinedError({ networkError: new TypeError('Failed to fetch') });
    expect(problemOf(offline, false)).toBe('offline');
    expect(problemOf(graphQLError('UNAVAILABLE'), true)).toBe('partial');
    expect(problemOf(undefined, false)).toBeUndefined();
  });
});

describe('identityHeaders', () => {
  it('says what is known and nothing else', () => {
    expect(identityHeaders({ accessToken: 'a', cartToken: 'c' })).toEqual({
      authorization: 'Bearer a',
      'x-cart-token': 'c',
    });
    expect(identityHeaders({})).toEqual({});
  });
});

describe('cacheKeys', () => {
  it('keeps values without an identity inside their parent', () => {
    for (const name of [
      'Money',
      'Stock',
      'PageInfo',
      'ProductSearchConnection',
      'Facet',
      'FacetValue',
      'ShippingOption',
      'AddToCartPayload',
    ]) {
      expect(cacheKeys[name]?.({}), name).toBeNull();
    }
    for (const name of ['Product', 'ProductVariant', 'Order', 'Cart', 'CartLine', 'User']) {
      expect(cacheKeys[name], name).toBeUndefined();
    }
  });
});

describe('backoff', () => {
  it('doubles up to fifteen seconds, give or take a quarter', () => {
    expect([0, 1, 2, 9].map((retries) => backoff(retries, 0.5))).toEqual([500, 1000, 2000, 15_000]);
    expect([backoff(0, 0), backoff(0, 1)]).toEqual([375, 625]);
  });
});
