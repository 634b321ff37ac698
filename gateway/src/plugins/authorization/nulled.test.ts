import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import {
  type FieldNode,
  getNamedType,
  type GraphQLCompositeType,
  type GraphQLOutputType,
  isCompositeType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import { expect, it } from 'vitest';
import { type RandomOperation, randomOperation } from '@souk/testkit/graphql';
import type { Identity } from '../../identity/identity.js';
import { anyone, guardedWorld, someone } from './__fixtures__/guarded-world.js';

const world = guardedWorld({
  people: `
    type Query { me: Person @authenticated person(id: ID!): Person people: [Person!] things: [Thing] found(page: Int): [Found!] must: Int! }
    interface Thing { id: ID! label: String price: Int }
    type Person implements Thing @key(fields: "id") {
      id: ID! label: String price: Int @requiresScopes(scopes: [["money"]])
      email: String! @requiresScopes(scopes: [["mail", "read"], ["boss"]])
      boss: Person @authenticated
      friends: [Person!]!
      level: Level
    }
    enum Level @requiresScopes(scopes: [["staff"]]) { LOW HIGH }
    type Book implements Thing @key(fields: "id") { id: ID! label: String @shareable price: Int @shareable @authenticated }
    type Vault @requiresScopes(scopes: [["boss"]]) { id: ID! code: String! }
    union Found = Person | Book | Vault`,
  books: `
    interface Thing { id: ID! label: String price: Int }
    type Book implements Thing @key(fields: "id") {
      id: ID! label: String @shareable price: Int @shareable
      author: Person!
      notes: [[String!]!] @requiresScopes(scopes: [["staff"]])
    }
    type Person @key(fields: "id") { id: ID! books: [Book!] wage: Int! @authenticated }`,
});
const schema = world.supergraph.api.schema;

/** Written down by hand, from the SDL above: who may ask a field on a type. */
const has =
  (...scopes: string[]) =>
  (who: Identity): boolean =>
    scopes.every((scope) => who.scopes.has(scope));
const isSignedIn = (who: Identity): boolean => who.viewer.kind !== 'anonymous';
const MAY: Readonly<Record<string, (who: Identity) => boolean>> = {
  'Query.me': isSignedIn,
  'Person.price': has('money'),
  'Person.email': (who) => has('mail', 'read')(who) || has('boss')(who),
  'Person.boss': isSignedIn,
  'Person.level': has('staff'),
  'Person.wage': isSignedIn,
  'Book.price': isSignedIn,
  'Book.notes': has('staff'),
  'Thing.price': (who) => isSignedIn(who) && has('money')(who),
  'Vault.id': has('boss'),
  'Vault.code': has('boss'),
};

/** The operation with the type of every object in its answer, under a name that nobody else uses. */
const typed = (query: string): string => {
  const typename: SelectionNode = {
    kind: Kind.FIELD,
    alias: { kind: Kind.NAME, value: 'TYPE' },
    name: { kind: Kind.NAME, value: '__typename' },
  };
  return print(
    visit(parse(query), {
      SelectionSet: {
        leave: (set: SelectionSetNode) => ({ ...set, selections: [...set.selections, typename] }),
      },
    }),
  );
};

const BROKEN = Symbol('broken');

/** The full answer with null for what was not permitted, as the GraphQL specification spreads it. */
function nulled({ query, variables }: RandomOperation, full: unknown, who: Identity): unknown {
  const { definitions } = parse(query);
  const isWanted = ({ directives = [] }: SelectionNode): boolean =>
    directives.every(({ name, arguments: given }) => {
      const value = given?.[0]?.value;
      const decided =
        value?.kind === Kind.VARIABLE
          ? variables[value.name.value]
          : value?.kind === Kind.BOOLEAN && value.value;
      return decided === (name.value === 'include');
    });
  const isOf = (typename: string, on: string): boolean => {
    const condition = schema.getType(on);
    const type = schema.getType(typename);
    if (typename === on) return true;
    return (
      isCompositeType(condition) &&
      !isObjectType(condition) &&
      isObjectType(type) &&
      schema.isSubType(condition, type)
    );
  };
  type Asked = { readonly parent: string; readonly node: FieldNode };
  const collect = (
    typename: string,
    parent: string,
    set: SelectionSetNode,
    into: Map<string, Asked[]>,
  ): void => {
    for (const selection of set.selections.filter(isWanted)) {
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        into.set(key, [...(into.get(key) ?? []), { parent, node: selection }]);
        continue;
      }
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT
          ? selection
          : definitions.find(
              (one) => one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === selection.name.value,
            );
      if (!fragment || !('selectionSet' in fragment)) continue;
      const on = 'typeCondition' in fragment ? (fragment.typeCondition?.name.value ?? parent) : parent;
      if (isOf(typename, on)) collect(typename, on, fragment.selectionSet, into);
    }
  };
  const object = (
    value: Readonly<Record<string, unknown>>,
    sets: readonly { parent: string; set: SelectionSetNode }[],
  ): unknown => {
    const typename = String(value['TYPE']);
    const asked = new Map<string, Asked[]>();
    for (const { parent, set } of sets) collect(typename, parent, set, asked);
    const result: Record<string, unknown> = {};
    for (const [key, nodes] of asked) {
      const name = nodes[0]?.node.name.value ?? '';
      if (name === '__typename') {
        result[key] = value[key];
        continue;
      }
      const permitted = nodes.filter(({ parent }) => MAY[`${parent}.${name}`]?.(who) ?? true);
      // Types of the schema have fields; the union's were chosen by fragments.
      const type = (
        schema.getType(typename) as Exclude<GraphQLCompositeType, { getTypes: unknown }>
      ).getFields()[name]?.type;
      if (!type) throw new Error(`no ${typename}.${name}`);
      const below = permitted.flatMap(({ node }) => node.selectionSet ?? []);
      const part = complete(permitted.length > 0 ? value[key] : null, type, below);
      if (part === BROKEN) return null;
      result[key] = part;
    }
    return result;
  };
  const complete = (value: unknown, type: GraphQLOutputType, sets: readonly SelectionSetNode[]): unknown => {
    if (isNonNullType(type)) return complete(value, type.ofType, sets) ?? BROKEN;
    if (value === null || value === undefined) return null;
    if (isListType(type)) {
      const items = (value as unknown[]).map((item) => complete(item, type.ofType, sets));
      return items.includes(BROKEN) ? null : items;
    }
    const { name } = getNamedType(type);
    if (!isCompositeType(getNamedType(type))) return value;
    return object(
      value as Record<string, unknown>,
      sets.map((set) => ({ parent: name, set })),
    );
  };
  const operation = definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no operation');
  return object(full as Record<string, unknown>, [{ parent: 'Query', set: operation.selectionSet }]);
}

const identities = fc.oneof(
  fc.constant(anyone),
  fc.subarray(['money', 'mail', 'read', 'boss', 'staff']).map((scopes) => someone(...scopes)),
);
const boss = someone('money', 'mail', 'read', 'boss', 'staff');
const tapes = fc.array(fc.nat(1_000), { minLength: 5, maxLength: 120 });

it('what remains answers like the whole with null for what is denied', async () => {
  let restricted = 0;
  let emptied = 0;
  await fc.assert(
    fc.asyncProperty(tapes, identities, async (tape, who) => {
      const operation = randomOperation(schema, tape);
      const { query, variables } = operation;
      const full = await world.run(typed(query), undefined, variables);
      const whole = nulled(operation, full.data, boss);
      // The planner leaves an object out whose fields all have conditions in conditions: not this test's business.
      fc.pre(isDeepStrictEqual((await world.run(query, undefined, variables)).data, whole));

      const ours = await world.run(query, who, variables);
      const expected = nulled(operation, full.data, who);
      expect(ours.data).toEqual(expected);
      if (isDeepStrictEqual(expected, whole)) return;
      restricted += 1;
      if (expected === null) emptied += 1;
      expect(new Set(ours.errors?.map(({ extensions }) => extensions['code']))).toEqual(
        new Set(['UNAUTHORIZED_FIELD_OR_TYPE']),
      );
    }),
    { numRuns: Number(process.env['SOUK_DIFFERENTIAL_CASES'] ?? 200), endOnFailure: true },
  );
  // It was about something.
  expect(restricted).toBeGreaterThan(30);
  expect(emptied).toBeLessThan(restricted);
});
