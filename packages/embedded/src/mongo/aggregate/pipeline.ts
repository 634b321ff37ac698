import { badValue, MongoError, refused } from '../errors.js';
import type { Value } from '../bson/value.js';
import type { Stage, StageFactory } from './stage.js';
import { addFields, project, replaceRoot, unset } from './stages/fields.js';
import { facet } from './stages/facet.js';
import { group, sortByCount } from './stages/group.js';
import { lookup } from './stages/lookup.js';
import { count, limit, match, skip, sort } from './stages/select.js';
import { unwind } from './stages/unwind.js';

/** The stages of the subset. What is not in this table is refused. */
export const stages: Readonly<Record<string, StageFactory>> = {
  $match: match,
  $sort: sort,
  $skip: skip,
  $limit: limit,
  $count: count,
  $project: project,
  $addFields: addFields,
  $set: addFields,
  $unset: unset,
  $replaceRoot: replaceRoot,
  $replaceWith: (spec, compile) => replaceRoot(new Map([['newRoot', spec]]), compile),
  $group: group,
  $sortByCount: sortByCount,
  $unwind: unwind,
  $lookup: lookup,
  $facet: facet,
};

const known = new Set(
  (
    '$bucket $bucketAuto $changeStream $collStats $currentOp $densify $documents $fill $geoNear $graphLookup $indexStats ' +
    '$listSessions $merge $out $planCacheStats $redact $sample $search $setWindowFields $unionWith'
  ).split(' '),
);

/** Compiles a whole pipeline, so that a stage outside the subset is refused before the first one runs. */
export function compilePipeline(pipeline: Value | undefined): Stage {
  if (!Array.isArray(pipeline))
    throw new MongoError('TypeMismatch', "'pipeline' option must be specified as an array");
  const compiled = pipeline.map(compileStage);
  return (items, context) => compiled.reduce((current, stage) => stage(current, context), items);
}

function compileStage(spec: Value): Stage {
  const [name, operand] = spec instanceof Map && spec.size === 1 ? ([...spec][0] ?? []) : [];
  if (name === undefined || operand === undefined) {
    throw badValue('A pipeline stage specification object must contain exactly one field.');
  }
  if (name === '$changeStream') {
    throw new MongoError(
      'NoChangeStreams',
      'The $changeStream stage is only supported on replica sets; poll instead',
    );
  }
  const make = Object.hasOwn(stages, name) ? stages[name] : undefined;
  if (make !== undefined) return make(operand, compilePipeline);
  if (known.has(name)) throw refused(`pipeline stage ${name}`);
  throw new MongoError('UnrecognizedStage', `Unrecognized pipeline stage name: '${name}'`);
}
