import { Kind, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { CACHING_LINK } from '../__fixtures__/cached-shop.js';
import { composeSupergraph } from '../supergraph/compose.js';
import { loadSupergraph } from '../supergraph/load.js';
import { readCacheHints } from './cache-hints.js';
import { policyOf } from './cache-policy.js';
import { fragmentsOf } from './fragments.js';

const composed = composeSupergraph([
  {
    name: 'products',
    sdl: `${CACHING_LINK}
      type Query {
        product: Product
        hinted: Int @cacheControl(maxAge: 20)
        bare: Int
        list: [Product!] @cacheControl(maxAge: 60)
        mine: Product @cacheControl(maxAge: 60, scope: PRIVATE)
        node: Node @cacheControl(maxAge: 500)
        money: Money @cacheControl(maxAge: 70)
      }
      interface Node { id: ID! }
      type Note implements Node @cacheControl(maxAge: 9) { id: ID! text: String }
      type Product implements Node @key(fields: "id") @cacheControl(maxAge: 100)
        @changedBy(events: ["product.updated"], id: "productId") {
        id: ID!
        name: String
        price: Money
        fresh: Int @cacheControl(maxAge: 5)
        maker: Maker
        secret: Int @cacheControl(scope: PRIVATE)
      }
      type Maker { name: String }
      type Money @shareable @cacheControl(inheritMaxAge: true) { amount: Int }`,
  },
  {
    name: 'reviews',
    sdl: `${CACHING_LINK}
      type Query { review: Review @cacheControl(maxAge: 40) }
      type Review { stars: Int product: Product rated: Product @cacheControl(maxAge: 30) paid: Money }
      type Money @shareable { amount: Int }
      type Product @key(fields: "id") { id: ID! favourite: Boolean stars: Int @cacheControl(maxAge: 50) }`,
  },
]);
const supergraph = loadSupergraph(composed.supergraphSdl);
const hints = readCacheHints(supergraph);
const query = supergraph.full.getQueryType();

function policy(text: string) {
  const document = parse(text);
  const [operation] = document.definitions;
  if (!hints || !query || operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('not a query');
  const scope = { schema: supergraph.full, hints, fragments: fragmentsOf(document) };
  return policyOf(operation.selectionSet, [query], scope);
}
const maxAge = (text: string): number => policy(text).maxAge;

describe('the policy of a response', () => {
  it.each([
    ['root fields count 0 unless something is said', '{ bare }', 0],
    ['a field speaks for itself', '{ hinted }', 20],
    ['a type speaks for the fields that return it', '{ product { name } }', 100],
    ['a field counts before its type', '{ list { name } }', 60],
    ['the lowest counts', '{ hinted list { name fresh } }', 5],
    ['a composite type without a word counts 0', '{ product { maker { name } } }', 0],
    ['unless it inherits', '{ product { price { amount } } }', 100],
    ['one root field without a word spoils all', '{ hinted bare }', 0],
    ['fragments count', '{ ...on Query { product { ...P } } } fragment P on Product { fresh }', 5],
    ['what may be skipped counts', 'query($no: Boolean!) { product { name fresh @skip(if: $no) } }', 5],
    ['every type an interface can have counts', '{ node { id } }', 9],
    ['introspection is never kept', '{ hinted __schema { types { name } } }', 0],
    ['only __typename is nothing to keep', '{ __typename }', 0],
    ['inheriting needs somebody to inherit from', '{ money { amount } }', 70],
  ])('%s', (_what, text, expected) => {
    expect(maxAge(text)).toBe(expected);
  });

  it("a type's hint only counts for the fields of the subgraph that gave it", () => {
    expect(maxAge('{ product { favourite } }')).toBe(0);
    expect(maxAge('{ product { stars } }')).toBe(50);
    expect(maxAge('{ review { product { name } } }')).toBe(0);
    expect(maxAge('{ review { rated { name } } }')).toBe(30);
    expect(maxAge('{ review { rated { id } } }')).toBe(30);
    expect(maxAge('{ review { paid { amount } } }')).toBe(0);
  });

  it('one private field makes it private', () => {
    expect(policy('{ product { name } }').isPrivate).toBe(false);
    expect(policy('{ product { name secret } }')).toMatchObject({ isPrivate: true, maxAge: 100 });
    expect(policy('{ mine { name } }')).toMatchObject({ isPrivate: true, maxAge: 60 });
  });

  it('knows whose events tell of changes', () => {
    expect(policy('{ product { name } }').sources).toEqual(['products']);
    expect(policy('{ hinted }').sources).toEqual([]);
  });
});

it('clients see nothing of it, and subgraphs that link nothing are left alone', () => {
  expect(composed.apiSdl).not.toMatch(/cacheControl|caching__|changedBy/);
  const plain = composeSupergraph([{ name: 'a', sdl: 'type Query { a: Int }' }]);
  expect(readCacheHints(loadSupergraph(plain.supergraphSdl))).toBeUndefined();
});
