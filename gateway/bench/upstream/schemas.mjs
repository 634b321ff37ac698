import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { products, reviews, users } from './data.mjs';

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires", "@provides", "@shareable"])';
const withId = (list) => new Map(list.map((item) => [item.id, item]));
const [userOf, productOf, reviewOf] = [users, products, reviews].map(withId);

/** Four subgraphs that answer from memory. */
export const subgraphs = {
  users: {
    sdl: `${link}
      type Query { me: User users: [User] }
      type User @key(fields: "id") { id: ID! name: String handle: String @shareable }`,
    resolvers: {
      Query: { me: () => users[0], users: () => users },
      User: { __resolveReference: ({ id }) => userOf.get(id) },
    },
  },
  products: {
    sdl: `${link}
      type Query { topProducts(first: Int = 5): [Product] manyProducts: [Product] }
      type Mutation { rename(id: ID!, name: String!): Product }
      type Product @key(fields: "id") { id: ID! name: String price: Int weight: Int }`,
    resolvers: {
      Query: {
        topProducts: (_, { first }) => products.slice(0, first),
        manyProducts: () => products,
      },
      Mutation: { rename: (_, { id }) => productOf.get(id) },
      Product: { __resolveReference: ({ id }) => productOf.get(id) },
    },
  },
  inventory: {
    sdl: `${link}
      type Product @key(fields: "id") {
        id: ID! price: Int @external weight: Int @external
        inStock: Boolean shelf: String postage: Int @requires(fields: "price weight")
      }`,
    resolvers: {
      Product: {
        __resolveReference: (representation) => representation,
        inStock: ({ id }) => id.length % 2 === 0,
        shelf: ({ id }) => `Aisle ${id.length}, shelf ${id}`,
        postage: ({ price, weight }) => (price > 5_000 ? 0 : 150 + Math.round(weight / 2)),
      },
    },
  },
  reviews: {
    sdl: `${link}
      type User @key(fields: "id") { id: ID! handle: String @external reviews: [Review] }
      type Product @key(fields: "id") { id: ID! reviews: [Review] }
      type Review @key(fields: "id") { id: ID! body: String author: User @provides(fields: "handle") product: Product }`,
    resolvers: {
      Review: {
        __resolveReference: ({ id }) => reviewOf.get(id),
        author: ({ author }) => userOf.get(author),
        product: ({ product }) => ({ id: product }),
      },
      User: {
        __resolveReference: ({ id }) => ({ id }),
        reviews: ({ id }) => reviews.filter(({ author }) => author === id),
      },
      Product: {
        __resolveReference: ({ id }) => ({ id }),
        reviews: ({ id }) => reviews.filter(({ product }) => product === id),
      },
    },
  },
};

export const schemaOf = ({ sdl, resolvers }) => buildSubgraphSchema({ typeDefs: parse(sdl), resolvers });

/** @param port where server.mjs listens */
export function supergraphAt(port) {
  const services = Object.entries(subgraphs).map(([name, { sdl }]) => ({
    name,
    url: `http://127.0.0.1:${port}/${name}`,
    typeDefs: parse(sdl),
  }));
  const { supergraphSdl, errors } = composeServices(services);
  if (errors) throw new Error(errors.map(String).join('\n'));
  return supergraphSdl;
}
