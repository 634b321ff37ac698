import { refused } from '../errors.js';
import type { Doc, Value } from '../bson/value.js';

export function compileUpdatePipeline(_stages: readonly Value[]): (doc: Doc, now: Date) => Doc {
  throw refused('a pipeline-style update');
}
