import { expect, it } from 'vitest';
import { findBlankPages } from './blank-pages.js';
import { composeSupergraph } from './compose.js';
import { loadSupergraph } from './load.js';

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires"])\n';
const findings = (subgraphs: Record<string, string>): readonly string[] =>
  findBlankPages(
    loadSupergraph(
      composeSupergraph(Object.entries(subgraphs).map(([name, sdl]) => ({ name, sdl: link + sdl })))
        .supergraphSdl,
    ).internal,
  );

const stock = (type: string): string => `type Product @key(fields: "id") { id: ID! stock: ${type} }`;

it('finds a root field that would take the answers of others along', () => {
  expect(findings({ a: 'type Query { a: Int! }', b: 'type Query { b: Int }' })).toEqual([
    'If a is down, Query.a takes the whole answer along: make it nullable.',
  ]);
});

it('finds a part of an entity that would take what refers to it along', () => {
  const products =
    'type Query { products: [Product!] } type Product @key(fields: "id") { id: ID! similar: Product! }';
  expect(findings({ products, stock: stock('Int!') })).toEqual([
    'If stock is down, Product.stock takes Product.similar (products) along: make one of them nullable.',
  ]);
  expect(findings({ products, stock: stock('Int') })).toEqual([]);
});

it('is content with a hole: a nullable reference, or a nullable item of a list', () => {
  const products =
    'type Query { one: Product shelf: Shelf } type Shelf { items: [Product]! } type Product @key(fields: "id") { id: ID! }';
  expect(findings({ products, stock: stock('Int!') })).toEqual([]);
});

it('does not blame a subgraph for fields that it only reads', () => {
  const products =
    'type Query { one: Product } type Product @key(fields: "id") { id: ID! size: Int! twin: Product! }';
  const shipping =
    'type Product @key(fields: "id") { id: ID! size: Int! @external cost: Int @requires(fields: "size") }';
  expect(findings({ products, shipping })).toEqual([]);
});
