/** Keys that every object inherits: `o.constructor` would find a function where the subgraph sent nothing. */
const INHERITED: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

/** Reads a key that the object itself has. */
export const own = (object: object, key: string): unknown =>
  Object.hasOwn(object, key) ? (object as Record<string, unknown>)[key] : undefined;

/** Writes a key so that even `__proto__` becomes plain data. */
export function setOwn(object: object, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  } else (object as Record<string, unknown>)[key] = value;
}

/** Source text that reads `key` of the variable `object`. Needs `own` in the scope given to {@link generate}. */
export const readCode = (object: string, key: string): string =>
  INHERITED.has(key) ? `own(${object},${JSON.stringify(key)})` : `${object}[${JSON.stringify(key)}]`;

/** Source text that writes `value` to `key` of the variable `object`. Needs `setOwn` in scope. */
export const writeCode = (object: string, key: string, value: string): string =>
  INHERITED.has(key)
    ? `setOwn(${object},${JSON.stringify(key)},${value});`
    : `${object}[${JSON.stringify(key)}]=${value};`;

/**
 * Makes a function from source text. Names of fields reach that text only through JSON.stringify, so a client cannot
 * write code; what is gained is that V8 sees plain property reads instead of loops over descriptions.
 *
 * @param scope what the source may use, by name
 * @param body source of a function body that returns the function
 */
export function generate<Made>(scope: Readonly<Record<string, unknown>>, body: string): Made {
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- see above: this is the one place
  const make = new Function(...Object.keys(scope), `'use strict';${body}`) as (...values: unknown[]) => Made;
  return make(...Object.values(scope));
}
