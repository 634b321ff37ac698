import {
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  type GraphQLOutputType,
  GraphQLString,
  getNullableType,
  isNonNullType,
} from 'graphql';
import { type CompiledField, runField, runReadField, Thrown } from './field.js';
import type { Eventual, Place, Run } from './run.js';

/** Completes an object: runs the fields that are asked of it. @throws what made one fail that may not be null */
export type CompleteObject = (
  run: Run,
  source: unknown,
  place: Place | undefined,
) => Eventual<Record<string, unknown>>;

/** A key of the answer: `__typename` is known beforehand. */
export type ObjectField =
  | { readonly kind: 'typename'; readonly key: string; readonly typename: string }
  /** `isRead`: no resolver and no arguments, so that the value is a property of the object. */
  | { readonly kind: 'field'; readonly key: string; readonly isRead: boolean; readonly field: CompiledField };

const text = (value: string): string => JSON.stringify(value);

/** Source that tells whether `v` needs nothing done to it. Only for types that are graphql-js' own. */
const PLAIN = new Map<GraphQLOutputType, string>([
  [GraphQLString, "typeof v==='string'"],
  [GraphQLID, "typeof v==='string'"],
  [GraphQLBoolean, "typeof v==='boolean'"],
  [GraphQLInt, '(v|0)===v'],
  [GraphQLFloat, "(typeof v==='number'&&v-v===0)"],
]);

/**
 * Generates the function that completes the objects of one type at one place of an operation. It reads what is a
 * property and is as it should be; everything else takes the way that graphql-js takes.
 *
 * Names reach the source only as JSON text, so no client can write code.
 */
export function compileObject(fields: readonly ObjectField[]): CompleteObject {
  const reads = fields.some((field) => field.kind === 'field' && field.isRead);
  const generated = generate(fields, true);
  if (!reads) return generated;
  let careful: CompleteObject | undefined;
  return (run, source, place) =>
    typeof source === 'object' && source !== null
      ? generated(run, source, place)
      : (careful ??= generate(fields, false))(run, source, place);
}

function generate(fields: readonly ObjectField[], mayRead: boolean): CompleteObject {
  const compiled = fields.map((field) => (field.kind === 'field' ? field.field : undefined));
  const names = fields.map((_, index) => `f${index}`).join(',');
  const steps = fields.map((field, index) => {
    if (field.kind === 'typename') return `f${index}=${text(field.typename)};`;
    const wait = `if(f${index} instanceof Promise)isPending=true;`;
    if (!mayRead || !field.isRead) return `f${index}=run${index}(run,field${index},source,place);${wait}`;
    const { definition } = field.field;
    const isNonNull = isNonNullType(definition.type);
    const plain = PLAIN.get(getNullableType(definition.type));
    const otherwise = `{f${index}=runReadField(run,field${index},source,place,v);${wait}}`;
    return (
      `try{v=source[${text(definition.name)}]}catch(error){v=new Thrown(error)}` +
      `${isNonNull ? '' : `if(v===null||v===undefined)f${index}=null;else `}` +
      `${plain ? `if(${plain})f${index}=v;else` : ''}${otherwise}`
    );
  });
  // In a literal, only the computed form of `__proto__` is a key like others.
  const result = fields
    .map(({ key }, index) => `${key === '__proto__' ? `[${text(key)}]` : text(key)}:f${index}`)
    .join(',');
  const mayThrow = compiled.some((field) => field && isNonNullType(field.definition.type));
  const body = steps.join('');
  const scope = {
    runReadField,
    Thrown,
    settle,
    throwLater,
    fields: compiled,
    runs: compiled.map((field) => field?.run ?? runField),
  };
  const known = compiled.map(
    (_, index) => `const field${index}=fields[${index}],run${index}=runs[${index}];`,
  );
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- see above: this is the one place
  const make = new Function(
    ...Object.keys(scope),
    `'use strict';${known.join('')}return function(run,source,place){let isPending=false,v${names ? `,${names}` : ''};` +
      (mayThrow ? `try{${body}}catch(error){return throwLater([${names}],error)}` : body) +
      `const result={${result}};return isPending?settle(result):result}`,
  ) as (...values: unknown[]) => CompleteObject;
  return make(...Object.values(scope));
}

/** The object, once what its fields promise is there. */
function settle(result: Record<string, unknown>): Promise<Record<string, unknown>> {
  const keys = Object.keys(result).filter((key) => result[key] instanceof Promise);
  const [only] = keys;
  const set = (key: string, value: unknown): void => {
    result[key] = value;
  };
  if (only !== undefined && keys.length === 1) {
    return Promise.resolve(result[only]).then((value) => {
      set(only, value);
      return result;
    });
  }
  return Promise.all(keys.map((key) => result[key])).then((values) => {
    keys.forEach((key, index) => set(key, values[index]));
    return result;
  });
}

/** A field failed that may not be null: told once the fields before it have ended. @throws the error */
function throwLater(values: readonly unknown[], error: unknown): Promise<never> {
  if (!values.some((value) => value instanceof Promise)) throw error;
  const rethrow = (): never => {
    throw error;
  };
  return Promise.all(values).then(rethrow, rethrow);
}
