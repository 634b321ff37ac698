import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { generate, own, readCode, setOwn } from './generate.js';
import { isObject, type JsonObject, jsonText, quote } from './json.js';
import type { Rewrite } from './rewrites.js';
import { isOfType, typesFulfilling } from './type-match.js';

/** How a fetch tells a subgraph which entity it means. */
export interface Representation {
  /** Equal for equal entities; undefined if the object cannot be identified. Cheaper than the text where it can be. */
  readonly key: (target: JsonObject) => unknown;
  /** The JSON text of the representation. */
  readonly text: (target: JsonObject) => string | undefined;
}

/**
 * Compiles what a fetch requires of each object into functions that write it as text.
 *
 * @param rewrite changes the representation before it is sent (the `__typename` of interface objects)
 */
export function compileRepresentation(
  schema: GraphQLSchema,
  requires: readonly QueryPlanSelectionNode[],
  rewrite: Rewrite | undefined,
): Representation {
  const general = (target: JsonObject): string | undefined => {
    const picked = pick(schema, target, requires);
    if (!isObject(picked) || picked['__typename'] === undefined) return undefined;
    rewrite?.(picked);
    return JSON.stringify(picked);
  };
  const plain = rewrite ? undefined : plainKeys(schema, requires);
  if (!plain) return { key: general, text: general };

  const text = generate<Representation['text']>(
    {
      own,
      jsonText,
      quote,
      pick: (value: unknown, nested: QueryPlanSelectionNode[]) => pick(schema, value, nested),
      nested: plain.keys.map(({ selections }) => selections),
    },
    `return function(target){${plain.guard}${plain.keys
      .map(
        ({ key }, index) =>
          `const v${index}=${readCode('target', key)};if(v${index}===undefined)return undefined;`,
      )
      .join('')}return ${plain.keys
      .map(({ name, selections }, index) => {
        const value = selections ? `jsonText(pick(v${index},nested[${index}]))` : `jsonText(v${index})`;
        return `${JSON.stringify(`${index === 0 ? '{' : ','}${JSON.stringify(name)}:`)}+${value}`;
      })
      .join('+')}+'}'}`,
  );
  const others = plain.keys.filter(({ key }) => key !== '__typename');
  const [only] = others;
  if (others.length !== 1 || !only || only.selections || plain.typenames.length !== 1)
    return { key: text, text };
  // One type and one key field: its value tells entities apart as well as the whole text does.
  const key = generate<Representation['key']>(
    { own },
    `return function(target){${plain.guard}return ${readCode('target', only.key)};}`,
  );
  return { key, text };
}

interface PlainKeys {
  readonly typenames: readonly string[];
  readonly keys: readonly {
    /** Where the value is found. */
    readonly key: string;
    /** As what it is sent. */
    readonly name: string;
    readonly selections: readonly QueryPlanSelectionNode[] | undefined;
  }[];
  /** Source that leaves for objects of other types. */
  readonly guard: string;
}

/** The common case: one type condition, and below it fields only. */
function plainKeys(
  schema: GraphQLSchema,
  requires: readonly QueryPlanSelectionNode[],
): PlainKeys | undefined {
  const [fragment] = requires;
  if (requires.length !== 1 || fragment?.kind !== 'InlineFragment' || !fragment.typeCondition)
    return undefined;
  const keys: PlainKeys['keys'][number][] = [];
  for (const field of fragment.selections) {
    if (field.kind !== 'Field') return undefined;
    keys.push({ key: field.alias ?? field.name, name: field.name, selections: field.selections });
  }
  if (new Set(keys.map(({ key }) => key)).size !== keys.length) return undefined;
  if (!keys.some(({ key }) => key === '__typename')) return undefined;
  const typenames = typesFulfilling(schema, fragment.typeCondition);
  const tests = typenames.map((name) => `target.__typename!==${JSON.stringify(name)}`);
  return { typenames, keys, guard: `if(${tests.join('&&')})return undefined;` };
}

/** Picks what is required of objects; undefined if a field is missing, so that nothing half is sent. */
function pick(schema: GraphQLSchema, value: unknown, selections: readonly QueryPlanSelectionNode[]): unknown {
  if (Array.isArray(value)) return value.map((item) => pick(schema, item, selections) ?? null);
  // What is no object has none of the fields: null, as clients would see it.
  if (!isObject(value)) return null;
  const picked: JsonObject = {};
  for (const selection of selections) {
    if (selection.kind === 'Field') {
      const key = selection.alias ?? selection.name;
      const field = own(value, key);
      if (field === undefined) return undefined;
      setOwn(
        picked,
        selection.name,
        selection.selections ? (pick(schema, field, selection.selections) ?? null) : field,
      );
      continue;
    }
    const typename = own(value, '__typename');
    if (!selection.typeCondition || typeof typename !== 'string') continue;
    if (!isOfType(schema, typename, selection.typeCondition)) continue;
    const part = pick(schema, value, selection.selections);
    if (isObject(part)) join(picked, part);
  }
  return picked;
}

/**
 * Adds what another fragment picked of the same object. Null stands for an incomplete object, too, as where a condition
 * says no to what only this fragment requires: it does not take the place of what is complete for the others.
 */
function join(picked: JsonObject, part: JsonObject): void {
  for (const key of Object.keys(part)) setOwn(picked, key, joined(own(picked, key), part[key]));
}

function joined(known: unknown, value: unknown): unknown {
  if (value === null && known !== undefined) return known;
  if (isObject(known) && isObject(value)) {
    join(known, value);
    return known;
  }
  if (Array.isArray(known) && Array.isArray(value) && known.length === value.length) {
    return known.map((item, index) => joined(item, value[index]));
  }
  return value;
}
