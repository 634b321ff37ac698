import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  parse,
  responsePathAsArray,
} from 'graphql';

const SDL = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@interfaceObject"])
  scalar Moment
  scalar Blob
  enum Colour { RED GREEN BLUE }
  input Window { from: Moment to: Moment! inner: Window colours: [Colour!] = [RED, BLUE] limit: Int = 3 }
  type Query {
    thing(id: ID!, window: Window, colour: Colour = GREEN): Thing
    things(first: Int = 2, ids: [ID!]): [Thing!]
    strictThings: [Thing!]!
    either: Either
    eithers: [Either]
    named(kind: Colour!): Named
    nameds: [[Named]!]
    grid: [[Int!]]
    echo(moment: Moment, blob: Blob, numbers: [[Int]]): String
    _plain: String
  }
  type Mutation {
    rename(id: ID!, window: Window!): Thing
    strict(count: Int!): Thing!
    count: Int!
    note(colours: [Colour!]!): [String]
  }
  interface Named { name: String! thing: Thing friends(first: Int = 1): [Named] }
  type Thing implements Named @key(fields: "id") {
    id: ID! name: String! thing: Thing friends(first: Int = 1): [Named]
    size: Int weight: Float! isLight: Boolean colour: Colour colours: [Colour!]
    since: Moment extra: Blob must: Thing! others: [Thing!]! either: Either tags: [String!]
  }
  type Gadget implements Named @key(fields: "name") {
    name: String! thing: Thing friends(first: Int = 1): [Named] power: Float owner: Owner!
  }
  type Owner @key(fields: "id") { id: ID! name: String gadgets: [Gadget] since: Moment! }
  union Either = Thing | Owner
`;

/** Seed of all whims, and how many of a hundred values are not as they should be. */
export interface Whim {
  readonly seed: number;
  readonly trouble: number;
}

/** What resolvers get. */
export interface WhimContext extends Whim {
  /** Objects that belong to resolvers. */
  readonly owned: WeakSet<object>;
  /** Whether some objects are frozen. @apollo/subgraph cannot find a frozen entity. */
  readonly freezes: boolean;
}

/** FNV-1a: a number that depends on nothing but its input. */
function hash(...parts: readonly unknown[]): number {
  let value = 0x811c9dc5;
  for (const character of JSON.stringify(parts)) {
    value = Math.imul(value ^ character.charCodeAt(0), 0x01000193) >>> 0;
  }
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d) >>> 0;
  return (value ^ (value >>> 12)) >>> 0;
}

/** In a turn of its own, so that what comes of one promise is over before the next one settles. */
const later = <Value>(make: () => Value): Promise<Value> =>
  new Promise((resolve, reject) => {
    setImmediate(() => {
      try {
        resolve(make());
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
  });

const whimOf = ({ seed, trouble }: WhimContext, about: readonly unknown[]) => {
  const whims = ['null', 'undefined', 'throws', 'error', 'rejects', 'wrong'] as const;
  const isStruck = hash('struck', seed, about) % 100 < trouble;
  if (isStruck) return whims[hash('whim', seed, about) % whims.length] ?? 'null';
  return hash('later', seed, about) % 4 === 0 ? 'later' : 'now';
};

/** Makes a value of a type, or what a resolver might give instead. @throws Error if that is its whim */
function makeUp(type: GraphQLOutputType, about: readonly unknown[], context: WhimContext): unknown {
  switch (whimOf(context, about)) {
    case 'null':
      return null;
    case 'undefined':
      return undefined;
    case 'throws':
      throw new Error(`threw ${JSON.stringify(about)}`);
    case 'error':
      return new Error(`gave an error ${JSON.stringify(about)}`);
    case 'rejects':
      return later(() => {
        throw new Error(`rejected ${JSON.stringify(about)}`);
      });
    case 'wrong':
      return { wrong: true };
    case 'later':
      return later(() => made(type, about, context));
    case 'now':
      return made(type, about, context);
  }
}

function made(type: GraphQLOutputType, about: readonly unknown[], context: WhimContext): unknown {
  if (isNonNullType(type)) return made(type.ofType, about, context);
  const number = hash('value', context.seed, about);
  if (isListType(type)) {
    const items = Array.from({ length: number % 4 }, (_, index) =>
      item(type.ofType, [...about, index], context),
    );
    context.owned.add(items);
    return number % 7 === 0 ? new Set(items) : Object.freeze(items);
  }
  if (isEnumType(type)) return type.getValues()[number % type.getValues().length]?.value;
  if (isScalarType(type)) return scalar(type.name, number);
  const [runtime] = isAbstractType(type) ? [typeNameOf(type.name, number)] : [type.name];
  return object(runtime ?? type.name, number, context);
}

/**
 * Items cannot throw: they stand there as what they are. Those that may not be null are all there or all promised:
 * where one fails at once and another one later, graphql-js leaves the later one's rejection unhandled.
 */
function item(type: GraphQLOutputType, about: readonly unknown[], context: WhimContext): unknown {
  const isLeaf = isScalarType(getNamedType(type)) || isEnumType(getNamedType(type));
  if (isNonNullType(type) && !isLeaf) return later(() => makeUp(type, about, context));
  try {
    const isLater = ['later', 'rejects'].includes(whimOf(context, about));
    return isNonNullType(type) && isLater ? made(type, about, context) : makeUp(type, about, context);
  } catch (error) {
    return error;
  }
}

function scalar(name: string, number: number): unknown {
  switch (name) {
    case 'Int':
      return number % 1000;
    case 'Float':
      return (number % 1000) / 8;
    case 'Boolean':
      return number % 2 === 0;
    case 'ID':
      return number % 2 === 0 ? `id${number % 9}` : number % 9;
    case 'Moment':
      return new Date(number * 1000);
    case 'Blob':
      return { size: number % 100 };
    default:
      return `text ${number % 1000}`;
  }
}

const POSSIBLE: Readonly<Record<string, readonly string[]>> = {
  Named: ['Thing', 'Gadget'],
  Either: ['Thing', 'Owner'],
};
const typeNameOf = (abstract: string, number: number): string => POSSIBLE[abstract]?.[number % 2] ?? abstract;

/** Half of the fields are properties, some of them functions or promises; frozen, as caches keep them. */
function object(typename: string, number: number, context: WhimContext): object {
  const fields = schemaFor().getType(typename);
  if (!isObjectType(fields)) throw new Error(`no object type ${typename}`);
  const source: Record<string, unknown> = { kind: typename, seed: number };
  for (const { name, type } of Object.values(fields.getFields())) {
    if (hasResolver(typename, name)) continue;
    Object.defineProperty(source, name, {
      enumerable: true,
      get: () =>
        hash(typename, name, number) % 5 === 0
          ? (args: object, _context: unknown, info: GraphQLResolveInfo) =>
              makeUp(type, [number, name, args, responsePathAsArray(info.path)], context)
          : makeUp(type, [number, name], context),
    });
  }
  context.owned.add(source);
  return context.freezes && hash('frozen', number) % 2 === 0 ? Object.freeze(source) : source;
}

const hasResolver = (type: string, field: string): boolean => hash('resolver', type, field) % 2 === 0;

const resolve: GraphQLFieldResolver<{ readonly seed?: number } | undefined, WhimContext> = (
  source,
  args,
  context,
  info,
) => {
  const about = [source?.seed, info.fieldName, info.parentType.name, args, responsePathAsArray(info.path)];
  if (info.fieldName === 'echo') {
    return JSON.stringify([args, info.variableValues, info.operation.name?.value, info.fieldNodes.length]);
  }
  return makeUp(info.returnType, about, context);
};

const moment = {
  serialize: (value: unknown) => {
    if (!(value instanceof Date)) throw new TypeError('no moment');
    return value.toISOString();
  },
  parseValue: (value: unknown) => ({ parsed: value }),
};

let built: GraphQLSchema | undefined;

/** A subgraph that does everything that GraphQL lets a resolver do. */
export function schemaFor(): GraphQLSchema {
  if (built) return built;
  const schema = buildSubgraphSchema({
    typeDefs: parse(SDL),
    // Internal values of an enum need not be text.
    resolvers: { Colour: { RED: 0, GREEN: 'green', BLUE: 2 } },
  });
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name === 'Moment' && isScalarType(type)) Object.assign(type, moment);
    if (isAbstractType(type) && POSSIBLE[type.name]) {
      type.resolveType = (
        value: { readonly kind?: string; readonly seed?: number },
        context: WhimContext,
      ) => {
        const kind = value.kind ?? undefined;
        switch (hash('type', context.seed, value.seed) % (context.trouble > 0 ? 12 : 2)) {
          case 0:
            return kind;
          case 1:
            return later(() => kind);
          case 2:
            return 'Nothing';
          case 3:
            throw new Error('whose type is not known');
          default:
            return kind;
        }
      };
    }
    if (!isObjectType(type) || type.name.startsWith('_')) continue;
    if (type.name === 'Owner') {
      type.isTypeOf = (value: { readonly kind?: string; readonly seed?: number }) =>
        hash('is', value.seed) % 3 === 0 ? later(() => value.kind === 'Owner') : value.kind === 'Owner';
    }
    const isRoot = type.name === 'Query' || type.name === 'Mutation';
    for (const field of Object.values(type.getFields())) {
      if (!field.name.startsWith('_') && (isRoot || hasResolver(type.name, field.name)))
        field.resolve = resolve;
    }
    if (!isRoot) {
      // Where @apollo/subgraph keeps `__resolveReference`.
      type.extensions = {
        apollo: {
          subgraph: {
            // It gives what it could throw: beside others that reject, @apollo/subgraph leaves those unhandled.
            resolveReference: (representation: object, context: WhimContext) =>
              item(type, [type.name, representation], context),
          },
        },
      };
    }
  }
  built = schema;
  return schema;
}
