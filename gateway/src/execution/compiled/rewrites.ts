import type { FetchDataRewrite } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { own, setOwn } from './generate.js';
import type { JsonObject } from './json.js';
import { isOfType } from './type-match.js';

const TYPE_CONDITION = '... on ';

/** Changes data on its way to or from a subgraph, as the plan says. */
export type Rewrite = (value: unknown) => void;

/** One function for all rewrites of a fetch; undefined if there are none. */
export function compileRewrites(
  schema: GraphQLSchema,
  rewrites: readonly FetchDataRewrite[] | undefined,
): Rewrite | undefined {
  if (!rewrites || rewrites.length === 0) return undefined;
  return (value) => {
    for (const rewrite of rewrites) applyAt(schema, rewrite.path, 0, value, rewrite);
  };
}

function applyAt(
  schema: GraphQLSchema,
  path: readonly string[],
  depth: number,
  value: unknown,
  rewrite: FetchDataRewrite,
): void {
  if (Array.isArray(value)) {
    for (const item of value) applyAt(schema, path, depth, item, rewrite);
    return;
  }
  const step = path[depth];
  if (typeof value !== 'object' || value === null || step === undefined) return;
  const object = value as JsonObject;
  if (depth === path.length - 1) {
    applyTo(object, step, rewrite);
  } else if (!step.startsWith(TYPE_CONDITION)) {
    applyAt(schema, path, depth + 1, own(object, step), rewrite);
  } else {
    const typename = own(object, '__typename');
    // An object that does not tell its type can only be of the one type that was asked for.
    const applies =
      typeof typename !== 'string' || isOfType(schema, typename, step.slice(TYPE_CONDITION.length));
    if (applies) applyAt(schema, path, depth + 1, object, rewrite);
  }
}

function applyTo(object: JsonObject, key: string, rewrite: FetchDataRewrite): void {
  if (rewrite.kind === 'ValueSetter') {
    setOwn(object, key, rewrite.setValueTo);
    return;
  }
  const value = own(object, key);
  if (value === undefined) return;
  setOwn(object, rewrite.renameKeyTo, value);
  setOwn(object, key, undefined);
}
