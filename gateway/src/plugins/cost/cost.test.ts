import fc from 'fast-check';
import {
  execute,
  type GraphQLOutputType,
  getNamedType,
  isListType,
  isNonNullType,
  Kind,
  parse,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { hashOf } from '../../__fixtures__/federation/fate.js';
import { randomOperation } from '@souk/testkit/graphql';
import { createDocumentCache } from '../../engine/documents.js';
import { composeSupergraph } from '../../supergraph/compose.js';
import { loadSupergraph } from '../../supergraph/load.js';
import { limitsOf } from '../limits/limits-options.js';
import { valueOf } from './amount.js';
import { createCosts } from './operation-cost.js';

const supergraph = loadSupergraph(
  composeSupergraph([
    {
      name: 'library',
      sdl: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [{ name: "@cost", as: "@price" }, "@listSize"])
        type Query {
          shelf: Shelf
          shelves: [Shelf!]
          grid: [[Shelf]]
          books(first: Int = 3, last: Int): [Book] @listSize(slicingArguments: ["first", "last"], requireOneSlicingArgument: false)
          one(first: Int, last: Int): [Book] @listSize(slicingArguments: ["first", "last"])
          page(first: Int = 5): Page @listSize(slicingArguments: ["first"], sizedFields: ["nodes", "edges"], requireOneSlicingArgument: false)
          assumed: [Book] @listSize(assumedSize: 7)
          media: [Media]
          things: [Thing]
          dear: Book @price(weight: 50)
          search(filter: Filter, tags: [Tag] , raw: String @price(weight: 4)): Int
        }
        type Mutation { add: Book }
        type Shelf { name: String books: [Book!] }
        type Page { nodes: [Book] edges: [Edge] total: Int @price(weight: 3) }
        type Edge { node: Book }
        type Book implements Thing { id: ID title: String author: Author blurb: Text }
        type Disc implements Thing { id: ID tracks: [Track] }
        type Track { name: String }
        type Author @price(weight: 2) { name: String books: [Book] }
        union Media = Book | Disc
        interface Thing { id: ID }
        input Filter { text: String @price(weight: 6) and: [Filter] }
        enum Tag @price(weight: 2) { A B }
        scalar Text @price(weight: 5)`,
    },
  ]).supergraphSdl,
);
const { schema } = supergraph.api;
const documents = createDocumentCache(schema, { limits: limitsOf(false) });

function costOf(query: string, variables: Record<string, unknown> = {}) {
  const operation = documents.check(query, undefined);
  if (!('document' in operation)) throw new Error(operation.map(String).join('\n'));
  return createCosts({ defaultListSize: 10 })(operation, supergraph, variables);
}
const estimate = (query: string, variables: Record<string, unknown> = {}) =>
  valueOf(costOf(query, variables).estimate, variables);
const actual = (query: string, data: Record<string, unknown>, variables: Record<string, unknown> = {}) => {
  const tally = [0];
  costOf(query, variables).count(data, variables, tally);
  return tally[0];
};

describe('the estimate', () => {
  it.each<[query: string, cost: number, variables?: Record<string, unknown>]>([
    ['{ shelf { name } }', 1],
    ['{ shelf { name books { title } } }', 11],
    ['{ a: shelf { name } b: shelf { name } }', 2],
    ['{ shelf { name } shelf { name books { id } } }', 11],
    ['{ shelves { books { author { name } } } }', 10 * (1 + 10 * (1 + 2))],
    ['{ grid { name } }', 100],
    ['{ books { id } }', 3],
    ['{ books(first: 8) { id } }', 8],
    ['{ books(first: 2, last: 9) { id } }', 9],
    ['{ books(first: null) { id } }', 10],
    ['query($n: Int) { books(first: $n) { id } }', 3],
    ['query($n: Int) { books(first: $n) { id } }', 20, { n: 20 }],
    ['query($n: Int = 6) { books(first: $n) { id } }', 6],
    ['query($n: Int = 6) { books(first: $n) { id } }', 10, { n: null }],
    ['query($n: Int = 6) { books(first: $n, last: 30) { author { name } } }', 90],
    ['{ books(first: -5) { id } }', 0],
    ['{ page(first: 4) { nodes { id } } }', 5],
    ['{ page(first: 4) { ...p } } fragment p on Page { edges { node { id } } total }', 1 + 4 * 2 + 3],
    ['{ page { nodes { id } total } }', 1 + 5 + 3],
    ['{ assumed { id } }', 7],
    ['{ dear { id } }', 50],
    ['{ shelf { books { blurb } } }', 1 + 10 * (1 + 5)],
    ['{ media { ... on Book { author { name } } ... on Disc { tracks { name } } } }', 10 * (1 + 10)],
    ['{ things { id ... on Book { author { name } } } }', 10 * (1 + 2)],
    ['{ search(raw: "x") }', 4],
    ['{ search(raw: null) }', 0],
    ['{ search(filter: { text: "x", and: [{ text: "y" }, { and: [{ text: "z" }] }] }) }', 18],
    ['query($f: Filter) { search(filter: $f) }', 12, { f: { text: 'x', and: [{ text: 'y' }] } }],
    ['{ search(tags: [A, B, A]) }', 6],
    ['query($t: [Tag]) { search(tags: $t) }', 4, { t: ['A', 'B'] }],
    ['mutation { add { id } }', 11],
    ['{ __typename }', 0],
    ['{ __schema { types { name } } }', 10],
    ['query($v: Boolean!) { shelf { name books @skip(if: $v) { id } } }', 1, { v: true }],
    ['query($v: Boolean!) { shelf { name books @skip(if: $v) { id } } }', 11, { v: false }],
    ['query($v: Boolean = false) { shelf { name ... @include(if: $v) { books { id } } } }', 1],
  ])('%s costs %d', (query, cost, variables = {}) => expect(estimate(query, variables)).toBe(cost));

  it('tells when not exactly one slicing argument is given, where the schema wants that', () => {
    const misused = (query: string, variables = {}) => costOf(query, variables).misused(variables);
    expect(misused('{ one { id } }')).toEqual(['first', 'last']);
    expect(misused('{ one(first: 1, last: 2) { id } }')).toEqual(['first', 'last']);
    expect(misused('query($n: Int) { one(first: $n, last: 2) { id } }', { n: 3 })).toEqual(['first', 'last']);
    expect(misused('query($n: Int) { one(first: $n, last: 2) { id } }')).toBeUndefined();
    expect(misused('{ books(first: 1, last: 2) { id } }')).toBeUndefined();
  });
});

describe('the count', () => {
  const book = { title: 'x', author: { name: 'y' } };
  it.each<[query: string, data: Record<string, unknown>, cost: number]>([
    [
      '{ shelf { name books { title author { name } } } }',
      { shelf: { books: [book, book, null] } },
      1 + 2 * 3,
    ],
    ['{ shelf { name } }', { shelf: null }, 0],
    ['{ shelf { name } }', {}, 0],
    ['{ grid { name } }', { grid: [[{}, {}], null, [{}]] }, 3],
    ['{ dear { id } page { total } }', { dear: { id: 1 }, page: { total: 3 } }, 50 + 1 + 3],
    ['{ shelf { books { blurb } } }', { shelf: { books: [{ blurb: 'x' }, { blurb: null }] } }, 1 + 2 + 5],
    [
      '{ media { __typename ... on Book { author { name } } ... on Disc { tracks { name } } } }',
      {
        media: [
          { __typename: 'Book', author: {} },
          { __typename: 'Disc', tracks: [{}, {}] },
          { __typename: '?' },
        ],
      },
      3 + 2 + 2,
    ],
    ['{ search(raw: "x") }', { search: 1 }, 4],
    ['{ __schema { types { name } } }', {}, 10],
    ['{ shelf { books { title } } }', { shelf: { books: 'nonsense' } }, 2],
  ])('%s of %j costs %d', (query, data, cost) => expect(actual(query, data)).toBe(cost));
});

it('no answer costs more, or has more objects, than was estimated, if lists are as long as they may be', async () => {
  let largest = 0;
  const tape = fc.array(fc.nat(9_999), { minLength: 20, maxLength: 300 });
  await fc.assert(
    fc.asyncProperty(tape, fc.nat(), async (numbers, seed) => {
      const { query, variables } = randomOperation(schema, numbers);
      const { data } = await execute({
        schema,
        document: parse(query),
        variableValues: variables,
        rootValue: { size: 10 },
        fieldResolver: (
          source: Source,
          args: Record<string, unknown>,
          _context,
          { returnType, path, parentType },
        ) =>
          makeUp(returnType, {
            seed: hashOf(seed, JSON.stringify(path)),
            size: sizeFor(parentType.name, source, args),
          }),
        typeResolver: ({ seed: own = 0 }: Source, _context, _info, type) => {
          const possible = schema.getPossibleTypes(type);
          return possible[own % possible.length]?.name;
        },
      });
      const plain = JSON.parse(JSON.stringify(data ?? {})) as Record<string, unknown>;
      const estimated = estimate(query, variables);
      expect(actual(query, plain, variables)).toBeLessThanOrEqual(estimated);
      const objects = objectsIn(plain) - 1;
      expect(objects).toBeLessThanOrEqual(estimated);
      largest = Math.max(largest, objects);
    }),
    { numRuns: 200 },
  );
  expect(largest).toBeGreaterThan(20);
});

interface Source {
  readonly seed?: number;
  readonly size?: number;
}

/** How long a list is: what slicing arguments say, what a page was told, or what is assumed of others. */
function sizeFor(parent: string, { size = 10 }: Source, args: Record<string, unknown>): number {
  const sizes = [args['first'], args['last']].filter((value) => typeof value === 'number');
  if (sizes.length > 0) return Math.max(0, ...sizes);
  return parent === 'Page' ? size : 7;
}

/** Something of the type, with lists as long as they may be, though never so long that the test takes for ever. */
function makeUp(type: GraphQLOutputType, { seed, size }: { seed: number; size: number }): unknown {
  if (isNonNullType(type)) return makeUp(type.ofType, { seed, size });
  if (isListType(type)) {
    const length = seed % 3 === 0 ? Math.min(size, 3) : Math.min(size, 1 + (seed % 2));
    return Array.from({ length }, (_, at) => makeUp(type.ofType, { seed: hashOf(seed, at), size }));
  }
  const named = getNamedType(type);
  if (seed % 11 === 0) return null;
  if (named.astNode?.kind !== Kind.SCALAR_TYPE_DEFINITION && 'getFields' in named) return { seed, size };
  if (named.name === 'Media') return { seed, size };
  return 1;
}

const objectsIn = (value: unknown): number =>
  Array.isArray(value)
    ? value.reduce<number>((total, item) => total + objectsIn(item), 0)
    : typeof value === 'object' && value !== null
      ? Object.values(value).reduce<number>((total, item) => total + objectsIn(item), 1)
      : 0;
