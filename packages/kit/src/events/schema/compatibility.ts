import { isDeepStrictEqual } from 'node:util';
import type { EventSnapshot, JsonSchema } from './snapshot.js';

/**
 * What in `after` would break somebody who relies on `before`: readers of today, who were written for the old payloads,
 * and replay, which gives old payloads to the code of tomorrow. Words may change and optional fields may be added;
 * anything else is a new version.
 *
 * @returns one line a problem, none if the change is safe
 * @example const problems = incompatibilities(committed, snapshotOf(catalogues));
 */
export function incompatibilities(before: EventSnapshot, after: EventSnapshot): string[] {
  return Object.entries(before).flatMap(([type, old]) => {
    const now = after[type];
    if (now === undefined) {
      if (old.deprecated !== undefined) return [];
      return [`${type} is gone. Publish it as deprecated first, so that its readers can leave it.`];
    }
    if (now.source !== old.source) {
      return [`${type} has moved from ${old.source} to ${now.source}: readers look for it where it was.`];
    }
    const next = `${type.replace(/@\d+$/, '')}@${old.version + 1}`;
    return changesOf(old.payload, now.payload, 'payload').map(
      (change) => `${type}: ${change}. Publish ${next} beside it instead.`,
    );
  });
}

function changesOf(before: JsonSchema, after: JsonSchema, path: string): string[] {
  if (before.properties && after.properties) return changesOfFields(before, after, path);
  if (before.items && after.items) {
    const rest = differs({ ...before, items: undefined }, { ...after, items: undefined });
    return [...(rest ? [`${path} is ${rest}`] : []), ...changesOf(before.items, after.items, `${path}[]`)];
  }
  const change = differs(before, after);
  return change ? [`${path} is ${change}`] : [];
}

function changesOfFields(before: JsonSchema, after: JsonSchema, path: string): string[] {
  const [old, now] = [before.properties ?? {}, after.properties ?? {}];
  const [wasRequired, isRequired] = [new Set(before.required), new Set(after.required)];
  const kept = Object.entries(old).flatMap(([name, schema]) => {
    const field = `${path}.${name}`;
    const present = now[name];
    if (present === undefined) return [`${field} is gone, and readers look for it`];
    return [
      ...(wasRequired.has(name) && !isRequired.has(name)
        ? [`${field} has become optional, and readers count on it`]
        : []),
      ...(!wasRequired.has(name) && isRequired.has(name)
        ? [`${field} has become required, and events of before lack it`]
        : []),
      ...changesOf(schema, present, field),
    ];
  });
  const added = Object.keys(now)
    .filter((name) => !(name in old) && isRequired.has(name))
    .map((name) => `${path}.${name} is new and required, and events of before lack it`);
  const rest = differs(withoutFields(before), withoutFields(after));
  return [...kept, ...added, ...(rest ? [`${path} is ${rest}`] : [])];
}

const withoutFields = (schema: JsonSchema): JsonSchema => ({
  ...schema,
  properties: undefined,
  required: undefined,
});

/** @returns undefined if the two allow the same */
function differs(before: JsonSchema, after: JsonSchema): string | undefined {
  const [left, right] = [rulesOf(before), rulesOf(after)];
  if (isDeepStrictEqual(left, right)) return undefined;
  return `${JSON.stringify(right)} now and was ${JSON.stringify(left)}`;
}

const WORDS: ReadonlySet<string> = new Set(['description', 'title', 'examples']);

/** A schema without the words in it. */
function rulesOf(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(rulesOf);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([keyword, value]) => !WORDS.has(keyword) && value !== undefined)
      .map(([keyword, value]) => [keyword, rulesOf(value)]),
  );
}
