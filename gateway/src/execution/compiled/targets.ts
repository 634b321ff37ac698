import { own } from './generate.js';
import { isObject, type JsonObject } from './json.js';

/** A plan's path: response keys, and `@` for "each item". */
export type PlanPath = readonly string[];

/** An object of the data, and where the client finds it. */
export interface PlacedObject {
  readonly path: (string | number)[];
  readonly object: JsonObject;
}

/** Every object at a path, in the order of the data; one that stands at several places, several times. Only errors need it. */
export function objectsAt(data: unknown, path: PlanPath): PlacedObject[] {
  const found: PlacedObject[] = [];
  const walk = (value: unknown, depth: number, walked: readonly (string | number)[]): void => {
    const step = path[depth];
    if (step === undefined) {
      if (isObject(value)) found.push({ path: [...walked], object: value });
    } else if (step === '@') {
      if (Array.isArray(value)) value.forEach((item, index) => walk(item, depth + 1, [...walked, index]));
    } else if (typeof value === 'object' && value !== null) {
      walk(own(value, step), depth + 1, [...walked, step]);
    }
  };
  walk(data, 0, []);
  return found;
}
