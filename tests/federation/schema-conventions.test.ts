import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
  buildSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql';
import { describe, expect, it } from 'vitest';

const api: GraphQLSchema = buildSchema(
  readFileSync(path.join(import.meta.dirname, '../../schema/api.graphql'), 'utf8'),
  { assumeValidSDL: true },
);
const types = Object.values(api.getTypeMap()).filter(({ name }) => !name.startsWith('__'));
const ours = types.filter(({ astNode }) => astNode);
const membersOf = (type: GraphQLNamedType): { name: string; description?: string | null | undefined }[] => {
  if (isEnumType(type)) return type.getValues().map(({ name, description }) => ({ name, description }));
  if (isObjectType(type) || isInterfaceType(type) || isInputObjectType(type))
    return Object.values<{ name: string; description?: string | null | undefined }>(type.getFields());
  return [];
};
const mutations = Object.values(api.getMutationType()?.getFields() ?? {});
const pascal = (name: string) => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
const isRequired = (field: GraphQLInputField) =>
  isNonNullType(field.type) && field.defaultValue === undefined;

describe('the API schema', () => {
  it('describes every type, field and enum value', () => {
    const silent = ours.flatMap((type) => [
      ...(type.description || ['Query', 'Mutation', 'Subscription'].includes(type.name) ? [] : [type.name]),
      ...membersOf(type)
        .filter(({ description }) => !description)
        .map(({ name }) => `${type.name}.${name}`),
    ]);
    expect(silent).toEqual([]);
  });

  it.each(mutations.map((mutation) => [mutation.name, mutation] as const))(
    '%s takes one input and returns one payload with errors',
    (name, mutation) => {
      expect(mutation.args.map((argument) => `${argument.name}: ${String(argument.type)}`)).toEqual([
        `input: ${pascal(name)}Input!`,
      ]);
      expect(String(mutation.type)).toBe(`${pascal(name)}Payload!`);
      const payload = api.getType(`${pascal(name)}Payload`);
      if (!isObjectType(payload)) throw new Error('a payload is an object');
      const errors = payload.getFields()['errors'];
      expect(String(errors?.type)).toMatch(/^\[\w+Error!\]!$/);
      const result = Object.values(payload.getFields()).filter(({ name: field }) => field !== 'errors');
      expect(result.length).toBeGreaterThan(0);
    },
  );

  it('makes every expected error an object or an interface with code, message and path', () => {
    const errors = ours.filter(({ name }) => name.endsWith('Error'));
    expect(errors.length).toBeGreaterThan(5);
    for (const error of errors) {
      expect(isObjectType(error) || isInterfaceType(error)).toBe(true);
      expect(membersOf(error).map(({ name }) => name)).toEqual(
        expect.arrayContaining(['code', 'message', 'path']),
      );
    }
    expect(types.filter(isUnionType).map(({ name }) => name)).toEqual([]);
  });

  it('has Relay connections with cursors, nodes and a page size', () => {
    const connections = ours.filter(({ name }) => name.endsWith('Connection'));
    expect(connections.length).toBeGreaterThan(3);
    for (const connection of connections) {
      expect(membersOf(connection).map(({ name }) => name)).toEqual(
        expect.arrayContaining(['edges', 'nodes', 'pageInfo', 'totalCount']),
      );
    }
    for (const field of Object.values(api.getQueryType()?.getFields() ?? {})) {
      if (!String(field.type).includes('Connection')) continue;
      expect(field.args.map(({ name }) => name)).toEqual(expect.arrayContaining(['first', 'after']));
    }
  });

  it('never counts money in floating point', () => {
    const money = api.getType('Money');
    if (!isObjectType(money)) throw new Error('Money is an object');
    expect(String(money.getFields()['amountMinor']?.type)).toBe('Int!');
    const floats = ours.flatMap((type) =>
      isObjectType(type)
        ? Object.values(type.getFields())
            .filter(
              ({ name, type: fieldType }) =>
                /price|total|amount/i.test(name) && /Float/.test(String(fieldType)),
            )
            .map(({ name }) => `${type.name}.${name}`)
        : [],
    );
    expect(floats).toEqual([]);
  });

  it('keeps to the inputs that clients were promised', () => {
    const required = (name: string) => {
      const input = api.getType(name);
      if (!isInputObjectType(input)) throw new Error(`${name} is an input`);
      return Object.values(input.getFields())
        .filter(isRequired)
        .map((field) => `${field.name}: ${String(field.type)}`);
    };
    expect(required('RegisterInput')).toEqual(['email: String!', 'password: String!', 'name: String!']);
    expect(required('LoginInput')).toEqual(['email: String!', 'password: String!']);
    expect(required('AddToCartInput')).toEqual(['variantId: ID!']);
    expect(required('PlaceOrderInput')).toEqual([
      'idempotencyKey: ID!',
      'email: String!',
      'shippingAddress: ShippingAddressInput!',
      'paymentToken: String!',
    ]);
    expect(required('CancelOrderInput')).toEqual(['orderId: ID!']);
    expect(required('AdjustStockInput')).toEqual(['variantId: ID!', 'delta: Int!', 'idempotencyKey: ID!']);
  });

  it('lets a root field fail alone: none of Query is non-null', () => {
    const strict = Object.values(api.getQueryType()?.getFields() ?? {}).filter(({ type }) =>
      isNonNullType(type),
    );
    expect(strict.map(({ name }) => name)).toEqual([]);
  });

  it('lists without a null in them', () => {
    const holes = ours.flatMap((type) =>
      isObjectType(type)
        ? Object.values(type.getFields())
            .filter(({ type: fieldType }) => {
              const list = isNonNullType(fieldType) ? (fieldType.ofType as unknown) : fieldType;
              return isListType(list) && !isNonNullType(list.ofType);
            })
            .map(({ name }) => `${type.name}.${name}`)
        : [],
    );
    expect(holes).toEqual([]);
  });
});
