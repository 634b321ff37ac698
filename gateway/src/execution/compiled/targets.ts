import { generate, own, readCode } from './generate.js';
import { isObject, type JsonObject } from './json.js';

/** A plan's path: response keys, and `@` for "each item". */
export type PlanPath = readonly string[];

/** Finds the objects that stand at a path, in the order of the data. */
export type CollectTargets = (data: JsonObject, found: JsonObject[]) => void;

/** Turns a path into nested loops. */
export function compileCollect(path: PlanPath): CollectTargets {
  let body = '';
  let value = 'data';
  let closing = '';
  path.forEach((step, depth) => {
    const next = `v${depth}`;
    if (step === '@') {
      const index = `i${depth}`;
      body += `if(Array.isArray(${value}))for(let ${index}=0;${index}<${value}.length;${index}++){const ${next}=${value}[${index}];`;
    } else {
      body += `if(typeof ${value}==='object'&&${value}!==null){const ${next}=${readCode(value, step)};`;
    }
    value = next;
    closing += '}';
  });
  body += `if(typeof ${value}==='object'&&${value}!==null&&!Array.isArray(${value}))found.push(${value});`;
  return generate<CollectTargets>({ own }, `return function(data,found){${body}${closing}}`);
}

/** The client's path of each object that {@link compileCollect} finds, in the same order. Only errors need it. */
export function targetPaths(data: unknown, path: PlanPath): (string | number)[][] {
  const found: (string | number)[][] = [];
  const walk = (value: unknown, depth: number, walked: readonly (string | number)[]): void => {
    const step = path[depth];
    if (step === undefined) {
      if (isObject(value)) found.push([...walked]);
    } else if (step === '@') {
      if (Array.isArray(value)) value.forEach((item, index) => walk(item, depth + 1, [...walked, index]));
    } else if (typeof value === 'object' && value !== null) {
      walk(own(value, step), depth + 1, [...walked, step]);
    }
  };
  walk(data, 0, []);
  return found;
}
