import { MongoError } from '../errors.js';
import { describe } from '../bson/describe.js';
import type { FieldSource, Value } from '../bson/value.js';
import { walkPath } from '../query/path.js';
import type { IndexSpec } from './index-spec.js';

/** MongoDB's E11000, with the members drivers and applications look at. */
export function duplicateKey(namespace: string, spec: IndexSpec, source: FieldSource): MongoError {
  const keyValue = new Map<string, Value>();
  for (const field of spec.fields) {
    let found: Value = null;
    walkPath(source, field.path, 'each', (value) => {
      found = value ?? null;
      return true;
    });
    keyValue.set(field.name, found);
  }
  return new MongoError(
    'DuplicateKey',
    `E11000 duplicate key error collection: ${namespace} index: ${spec.name} dup key: ${describe(keyValue)}`,
    new Map<string, unknown>([
      ['keyPattern', spec.definition.get('key') ?? new Map()],
      ['keyValue', keyValue],
    ]),
  );
}
