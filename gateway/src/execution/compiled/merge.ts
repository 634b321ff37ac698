import { generate, own, readCode, setOwn, writeCode } from './generate.js';
import { isObject, type JsonObject } from './json.js';

/** A field that a fetch answers for each of its objects. */
export interface AnsweredField {
  readonly key: string;
  /** True if it has a selection set of its own: two answers for it are joined, not replaced. */
  readonly isComposite: boolean;
}

/** Adds one answer to what is known of an object. */
export type Merge = (target: JsonObject, answer: JsonObject) => void;

/** Joins two values of one field: objects key by key, lists of one length item by item; else the newer one holds. */
export function mergeValue(known: unknown, answer: unknown): unknown {
  if (isObject(known) && isObject(answer)) {
    mergeObject(known, answer);
    return known;
  }
  if (Array.isArray(known) && Array.isArray(answer) && known.length === answer.length) {
    for (let index = 0; index < answer.length; index += 1) {
      known[index] = mergeValue(known[index], answer[index]);
    }
    return known;
  }
  return answer;
}

/** The general form of {@link Merge}: takes whatever keys the answer has. */
export function mergeObject(target: JsonObject, answer: JsonObject): void {
  for (const key of Object.keys(answer)) {
    const value = answer[key];
    if (value !== undefined) setOwn(target, key, mergeValue(own(target, key), value));
  }
}

/** {@link mergeObject} for answers whose fields are known beforehand. */
export function compileMerge(fields: readonly AnsweredField[]): Merge {
  const steps = fields.map(({ key, isComposite }) => {
    const merged = isComposite
      ? `(known=${readCode('target', key)})===undefined?value:mergeValue(known,value)`
      : 'value';
    return `value=${readCode('answer', key)};if(value!==undefined){${writeCode('target', key, merged)}}`;
  });
  return generate<Merge>(
    { own, setOwn, mergeValue },
    `return function(target,answer){let value,known;${steps.join('')}}`,
  );
}

/** A copy that can be changed without changing the original. Leaves of custom scalars are copied as JSON. */
export function copyJson<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(copyJson) as Value;
  if (!isObject(value)) return value;
  const copy: JsonObject = {};
  for (const key of Object.keys(value)) setOwn(copy, key, copyJson(value[key]));
  return copy as Value;
}
