import type { Subgraphs } from '@souk/gateway/testing';

const link = /* GraphQL */ `
  extend schema
    @link(
      url: "https://specs.apollo.dev/federation/v2.9"
      import: ["@key", "@external", "@requires", "@shareable", "@override", "@interfaceObject"]
    )
`;

/** Supergraphs in which much is required, for operations at random. */
export const HARD_SUPERGRAPHS: readonly { readonly name: string; readonly subgraphs: Subgraphs }[] = [
  // Two subgraphs that know the interface only, and each requires what the other adds.
  {
    name: 'two-interface-objects-that-require',
    subgraphs: {
      a:
        link +
        /* GraphQL */ `
          type Query {
            media: [Media]
            song: Song
          }

          interface Media @key(fields: "id") {
            id: ID!
            title: String
          }

          type Song implements Media @key(fields: "id") {
            id: ID!
            title: String
          }

          type Clip implements Media @key(fields: "id") {
            id: ID!
            title: String
            length: Int
          }
        `,
      b:
        link +
        /* GraphQL */ `
          type Media @key(fields: "id") @interfaceObject {
            id: ID!
            title: String @external
            mood: String @external
            shout: String @requires(fields: "title")
            tone: String @requires(fields: "mood")
            next: Media
          }
        `,
      c:
        link +
        /* GraphQL */ `
          type Query {
            top: [Media]
          }

          type Media @key(fields: "id") @interfaceObject {
            id: ID!
            mood: String
            shout: String @external
            echo: String @requires(fields: "shout")
          }
        `,
    },
  },
  // Which objects there are depends on what was required.
  {
    name: 'objects-of-what-an-interface-requires',
    subgraphs: {
      a:
        link +
        /* GraphQL */ `
          type Query {
            media: [Media]
            song: Song
          }

          interface Media @key(fields: "id") {
            id: ID!
            title: String
          }

          type Song implements Media @key(fields: "id") {
            id: ID!
            title: String
          }

          type Clip implements Media @key(fields: "id") {
            id: ID!
            title: String
            length: Int
          }
        `,
      b:
        link +
        /* GraphQL */ `
          type Media @key(fields: "id") @interfaceObject {
            id: ID!
            title: String @external
            similar: [Media] @requires(fields: "title")
            stars: Int
          }
        `,
      c:
        link +
        /* GraphQL */ `
          type Query {
            top: Media
          }

          type Media @key(fields: "id") @interfaceObject {
            id: ID!
            stars: Int @external
            fame: String @requires(fields: "stars")
          }
        `,
    },
  },
  // What is required of an interface is itself required, three subgraphs deep.
  {
    name: 'interface-object-requires-chain',
    subgraphs: {
      a:
        link +
        /* GraphQL */ `
          type Query {
            media: [Media]
          }

          interface Media @key(fields: "id") {
            id: ID!
            title: String
          }

          type Song implements Media @key(fields: "id") {
            id: ID!
            title: String
          }

          type Clip implements Media @key(fields: "id") {
            id: ID!
            title: String
            length: Int
          }
        `,
      b:
        link +
        /* GraphQL */ `
          type Media @key(fields: "id") @interfaceObject {
            id: ID!
            title: String @external
            slug: String @requires(fields: "title")
          }
        `,
      c:
        link +
        /* GraphQL */ `
          type Media @key(fields: "id") @interfaceObject {
            id: ID!
            slug: String @external
            url: String @requires(fields: "slug")
          }
        `,
      d:
        link +
        /* GraphQL */ `
          type Query {
            top: [Media]
          }

          type Media @key(fields: "id") @interfaceObject {
            id: ID!
            url: String @external
            link: String @requires(fields: "url")
            next: Media
          }
        `,
    },
  },
  // One field of an interface, required with two arguments, and asked by the client with others.
  {
    name: 'interface-object-requires-arguments',
    subgraphs: {
      a:
        link +
        /* GraphQL */ `
          type Query {
            media: [Media]
          }

          interface Media @key(fields: "id") {
            id: ID!
            title(in: String!): String
          }

          type Song implements Media @key(fields: "id") {
            id: ID!
            title(in: String!): String
          }

          type Clip implements Media @key(fields: "id") {
            id: ID!
            title(in: String!): String
            length: Int
          }
        `,
      b:
        link +
        /* GraphQL */ `
          type Query {
            top: [Media]
          }

          type Media @key(fields: "id") @interfaceObject {
            id: ID!
            title(in: String!): String @external
            shout: String @requires(fields: "title(in:\\"v1\\")")
            cry: String @requires(fields: "title(in:\\"v2\\")")
            next: Media
          }
        `,
    },
  },
  // An interface and one of its types, each with fields that require.
  {
    name: 'interface-object-and-a-type-that-require',
    subgraphs: {
      a:
        link +
        /* GraphQL */ `
          type Query {
            media: [Media]
            clip: Clip
          }

          interface Media @key(fields: "id") {
            id: ID!
            title: String
          }

          type Song implements Media @key(fields: "id") {
            id: ID!
            title: String
          }

          type Clip implements Media @key(fields: "id") {
            id: ID!
            title: String
            length: Int
          }
        `,
      b:
        link +
        /* GraphQL */ `
          type Media @key(fields: "id") @interfaceObject {
            id: ID!
            title: String @external
            shout: String @requires(fields: "title")
            next: Media
          }
        `,
      c:
        link +
        /* GraphQL */ `
          type Clip @key(fields: "id") {
            id: ID!
            length: Int @external
            pace: String @requires(fields: "length")
          }
        `,
    },
  },
  // Each type of an interface computes a field from another one; a third subgraph requires the result.
  {
    name: 'interface-fields-that-require',
    subgraphs: {
      a:
        link +
        /* GraphQL */ `
          type Query {
            pets: [Pet]
            pet: Pet
          }

          interface Pet {
            id: ID!
            name: String
          }

          type Cat implements Pet @key(fields: "id") {
            id: ID!
            name: String
            age: Int
          }

          type Dog implements Pet @key(fields: "id") {
            id: ID!
            name: String
            age: Int
          }
        `,
      b:
        link +
        /* GraphQL */ `
          type Query {
            strays: [Pet]
          }

          interface Pet {
            id: ID!
            sound: String
          }

          type Cat implements Pet @key(fields: "id") {
            id: ID!
            name: String @external
            sound: String @requires(fields: "name")
            lives: Int
          }

          type Dog implements Pet @key(fields: "id") {
            id: ID!
            age: Int @external
            sound: String @requires(fields: "age")
            lives: Int
          }
        `,
      c:
        link +
        /* GraphQL */ `
          type Cat implements Pet @key(fields: "id") {
            id: ID!
            sound: String @external
            purr: String @requires(fields: "sound")
          }

          type Dog implements Pet @key(fields: "id") {
            id: ID!
            sound: String @external
            lives: Int @external
            tale: String @requires(fields: "sound lives")
            owner: Owner
          }

          type Owner @key(fields: "id") {
            id: ID!
            pets: [Pet]
          }

          interface Pet {
            id: ID!
          }
        `,
    },
  },
  // Members of a union are spread over subgraphs; a third one computes from what the others know.
  {
    name: 'union-members-that-require',
    subgraphs: {
      a:
        link +
        /* GraphQL */ `
          type Query {
            hits: [Hit]
          }

          union Hit = Book | Film

          type Book @key(fields: "id") {
            id: ID!
            title: String @shareable
          }

          type Film @key(fields: "id") {
            id: ID!
            name: String
          }
        `,
      b:
        link +
        /* GraphQL */ `
          type Query {
            more: [Hit]
          }

          union Hit = Book | Song

          type Book @key(fields: "id") {
            id: ID!
            pages: Int
            title: String @shareable
          }

          type Song @key(fields: "id") {
            id: ID!
            length: Int
          }
        `,
      c:
        link +
        /* GraphQL */ `
          union Hit = Book | Film | Song

          type Book @key(fields: "id") {
            id: ID!
            title: String @external
            pages: Int @external
            cover: String @requires(fields: "title pages")
            next: Hit
          }

          type Film @key(fields: "id") {
            id: ID!
            name: String @external
            poster: String @requires(fields: "name")
            next: Hit
          }

          type Song @key(fields: "id") {
            id: ID!
            length: Int @external
            art: String @requires(fields: "length")
            others: [Hit] @requires(fields: "length")
          }
        `,
    },
  },
  // A field required with arguments requires a field with arguments; the client asks both with others.
  {
    name: 'requires-arguments-chain',
    subgraphs: {
      a:
        link +
        /* GraphQL */ `
          type Query {
            goods: [Good]
            one: Good
          }

          type Good @key(fields: "id") {
            id: ID!
            price(in: String!, off: Int = 1): Int
            parts(first: Int): [Good]
          }
        `,
      b:
        link +
        /* GraphQL */ `
          type Good @key(fields: "id") {
            id: ID!
            price(in: String!, off: Int = 1): Int @external
            a: String @requires(fields: "price(in:\\"v1\\")")
            b: String @requires(fields: "price(in:\\"v1\\", off:2)")
            c(x: Int): String @requires(fields: "price(in:\\"v2\\")")
            next: Good
          }
        `,
      c:
        link +
        /* GraphQL */ `
          type Good @key(fields: "id") {
            id: ID!
            a: String @external
            c(x: Int): String @external
            d: String @requires(fields: "a c(x:1)")
            e: String @requires(fields: "c(x:2)")
          }
        `,
    },
  },
  // What is required lies behind other entities, some of them in a list.
  {
    name: 'requires-through-entities',
    subgraphs: {
      a:
        link +
        /* GraphQL */ `
          type Query {
            orders: [Order]
          }

          type Order @key(fields: "id") {
            id: ID!
            buyer: Buyer
            lines: [Line!]
          }

          type Buyer @key(fields: "id") {
            id: ID!
          }

          type Line @key(fields: "id") {
            id: ID!
            count: Int
          }
        `,
      b:
        link +
        /* GraphQL */ `
          type Buyer @key(fields: "id") {
            id: ID!
            tier: Int
            name: String
          }

          type Line @key(fields: "id") {
            id: ID!
            price: Int
          }
        `,
      c:
        link +
        /* GraphQL */ `
          type Order @key(fields: "id") {
            id: ID!
            buyer: Buyer @external
            lines: [Line!] @external
            discount: String @requires(fields: "buyer{tier}")
            total: String @requires(fields: "lines{price count} buyer{tier}")
          }

          type Buyer @key(fields: "id") {
            id: ID!
            tier: Int @external
            greeting: String @requires(fields: "tier")
          }

          type Line @key(fields: "id") {
            id: ID!
            price: Int @external
            count: Int @external
          }
        `,
    },
  },
  // What one subgraph requires, another one computes from what the first one knows.
  {
    name: 'requires-back-and-forth',
    subgraphs: {
      a:
        link +
        /* GraphQL */ `
          type Query {
            ps: [P]
          }

          type P @key(fields: "id") {
            id: ID!
            a: P
            w: String
            byB: String @external
            byA: String @requires(fields: "byB")
          }
        `,
      b:
        link +
        /* GraphQL */ `
          type P @key(fields: "id") {
            id: ID!
            w: String @external
            byB: String @requires(fields: "w")
            by: [P]
          }
        `,
    },
  },
  // An entity requires the same field of itself and of a list of its kind.
  {
    name: 'requires-of-friends',
    subgraphs: {
      a:
        link +
        /* GraphQL */ `
          type Query {
            ps: [P]
          }

          type P @key(fields: "id") {
            id: ID!
            name: String
            friends: [P]
          }
        `,
      b:
        link +
        /* GraphQL */ `
          type P @key(fields: "id") {
            id: ID!
            name: String @external
            friends: [P] @external
            hello: String @requires(fields: "name friends{name}")
            best: P @requires(fields: "friends{id}")
          }
        `,
    },
  },
  // A required field that moved from one subgraph to another.
  {
    name: 'requires-what-moved',
    subgraphs: {
      a:
        link +
        /* GraphQL */ `
          type Query {
            us: [U]
          }

          type U @key(fields: "id") {
            id: ID!
            name: String
            a: String
          }
        `,
      b:
        link +
        /* GraphQL */ `
          type U @key(fields: "id") {
            id: ID!
            name: String @override(from: "a")
            c: String
          }
        `,
      c:
        link +
        /* GraphQL */ `
          type U @key(fields: "id") {
            id: ID!
            name: String @external
            d: String @requires(fields: "name")
          }
        `,
    },
  },
  // Two fields require different parts of one object, of which only the interface is known.
  {
    name: 'requires-parts-of-an-interface',
    subgraphs: {
      a:
        link +
        /* GraphQL */ `
          type Query {
            things: [Thing]
          }

          type Thing @key(fields: "id") {
            id: ID!
            data: Data
            next: Thing
          }

          interface Data {
            x: Int
          }

          type Small implements Data {
            x: Int
            s: String
          }

          type Large implements Data {
            x: Int
            l: String
          }
        `,
      b:
        link +
        /* GraphQL */ `
          type Thing @key(fields: "id") {
            id: ID!
            data: Data @external
            sum: String @requires(fields: "data{x ... on Small{s} ... on Large{l}}")
            small: String @requires(fields: "data{... on Small{s}}")
            label: String
          }

          interface Data {
            x: Int
          }

          type Small implements Data @external {
            x: Int
            s: String
          }

          type Large implements Data @external {
            x: Int
            l: String
          }
        `,
    },
  },
  // Two fields of a subgraph, each requiring another one.
  {
    name: 'two-that-require',
    subgraphs: {
      a:
        link +
        /* GraphQL */ `
          type Query {
            boxes: [Box]
          }

          type Box @key(fields: "id") {
            id: ID!
            weight: Int
            price: Int
          }
        `,
      b:
        link +
        /* GraphQL */ `
          type Box @key(fields: "id") {
            id: ID!
            weight: Int @external
            price: Int @external
            shipping: String @requires(fields: "weight")
            duty: String @requires(fields: "price")
            label: String
            next: Box
          }
        `,
    },
  },
];
