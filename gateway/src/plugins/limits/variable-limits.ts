import type { Limits } from './limits-options.js';
import { overLimit } from './over-limit.js';

/** The walk recurses, so some depth is too much whatever was chosen. */
const DEEPEST = 500;

/** Refuses variables that are too deep or too large, before they are compared with their types. @throws GraphQLError */
export function checkVariables(variables: Readonly<Record<string, unknown>>, limits: Limits): void {
  const { maxVariableSize } = limits;
  const maxDepth = Math.min(limits.maxVariableDepth, DEEPEST);
  let size = 0;

  const measure = (value: unknown, depth: number): void => {
    if (typeof value === 'string') size += value.length + 2;
    else if (typeof value !== 'object' || value === null) size += 5;
    else if (depth > maxDepth) throw overLimit('maxVariableDepth', { found: undefined, most: maxDepth });
    else if (Array.isArray(value)) for (const item of value) measure(item, depth + 1);
    else
      for (const key of Object.keys(value)) {
        size += key.length + 4;
        // An object of parsed JSON has no keys but its own.
        measure((value as Record<string, unknown>)[key], depth + 1);
      }
    if (size > maxVariableSize)
      throw overLimit('maxVariableSize', { found: undefined, most: maxVariableSize });
  };
  // The variables themselves are no level: { a: 1 } is as flat as can be.
  measure(variables, 0);
}
