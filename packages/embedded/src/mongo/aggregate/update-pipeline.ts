import { badValue } from '../errors.js';
import type { Doc, Value } from '../bson/value.js';
import { compilePipeline } from './pipeline.js';
import { docOf } from './scope.js';

const allowed = new Set(['$set', '$addFields', '$unset', '$project', '$replaceRoot', '$replaceWith']);

/** Compiles an update written as a pipeline, which may only reshape the one document. */
export function compileUpdatePipeline(pipeline: readonly Value[]): (doc: Doc, now: Date) => Doc {
  for (const stage of pipeline) {
    const [name] = stage instanceof Map ? stage.keys() : [];
    if (name === undefined || !allowed.has(name))
      throw badValue(`${name ?? 'that'} is not allowed to be used within an update`);
  }
  const run = compilePipeline([...pipeline]);
  return (doc, now) => {
    const [result] = run([doc], { now, collection: () => undefined });
    if (result === undefined) throw badValue('an update pipeline must leave a document');
    return docOf(result);
  };
}
