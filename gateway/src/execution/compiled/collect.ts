import { generate, own, readCode, setOwn, writeCode } from './generate.js';
import type { JsonObject } from './json.js';
import type { PlanPath } from './targets.js';

/** Adds the objects that stand at the end of a path to a list. */
export type Collect = (starts: readonly JsonObject[], found: JsonObject[]) => void;

/** Turns a path into nested loops. With a key, equal objects are replaced by the first of them, which alone is added. */
export function compileCollect(steps: PlanPath, key: readonly string[] | undefined): Collect {
  let body = '';
  let value = 'start';
  let closing = '';
  let replace = '';
  steps.forEach((step, depth) => {
    const next = `v${depth}`;
    if (step === '@') {
      const index = `i${depth}`;
      body += `if(Array.isArray(${value}))for(let ${index}=0;${index}<${value}.length;${index}++){const ${next}=${value}[${index}];`;
      replace = `${value}[${index}]=first;`;
    } else {
      body += `if(typeof ${value}==='object'&&${value}!==null){const ${next}=${readCode(value, step)};`;
      replace = writeCode(value, step, 'first');
    }
    value = next;
    closing += '}';
  });
  const add = `found.push(${value});`;
  const take = key
    ? `const key=${keyCode(value, key)};if(key===undefined){${add}}else{const known=knownOf(${value}.__typename);` +
      `const first=known.get(key);if(first===undefined){known.set(key,${value});${add}}else if(first!==${value}){${replace}}}`
    : add;
  body += `if(typeof ${value}==='object'&&${value}!==null&&!Array.isArray(${value})){${take}}`;
  return generate<Collect>(
    { own, setOwn, keyOf, onlyKeyOf, createKnown },
    `return function(starts,found){${key ? 'const knownOf=createKnown();' : ''}for(const start of starts){${body}${closing}}}`,
  );
}

/** Entities that were found, by type and key. Most places have one type. */
function createKnown(): (typename: unknown) => Map<unknown, JsonObject> {
  const types = new Map<unknown, Map<unknown, JsonObject>>();
  let last: unknown;
  let ofLast = new Map<unknown, JsonObject>();
  types.set(last, ofLast);
  return (typename) => {
    if (typename === last) return ofLast;
    last = typename;
    ofLast = types.get(typename) ?? new Map<unknown, JsonObject>();
    types.set(typename, ofLast);
    return ofLast;
  };
}

function keyCode(value: string, key: readonly string[]): string {
  const fields = key.filter((name) => name !== '__typename').map((name) => readCode(value, name));
  return `${fields.length === 1 ? 'onlyKeyOf' : 'keyOf'}(${fields.join(',')})`;
}

const onlyKeyOf = (value: unknown): unknown =>
  typeof value === 'string' || typeof value === 'number' ? value : undefined;

/** Equal for equal values, undefined if one of them is no key. */
function keyOf(...values: unknown[]): string | undefined {
  let key = '';
  for (const value of values) {
    // A length in front keeps values apart whatever is in them.
    if (typeof value === 'string') key += `${value.length}:${value}`;
    else if (typeof value === 'number') key += `#${value};`;
    else return undefined;
  }
  return key;
}
