import { refused } from '../errors.js';
import type { FieldSource, Value } from '../bson/value.js';

export function compileCondition(_expression: Value): (source: FieldSource) => boolean {
  throw refused('$expr');
}
