import { badValue } from '../../errors.js';
import { docOf } from '../scope.js';
import type { StageFactory } from '../stage.js';

/** Several pipelines over the same documents, their results in one document. */
export const facet: StageFactory = (spec, compile) => {
  if (!(spec instanceof Map) || spec.size === 0)
    throw badValue('the $facet specification must be a non-empty object');
  const facets = [...spec].map(([name, pipeline]) => {
    if (name.startsWith('$') || name.includes('.')) throw badValue(`$facet cannot name a field '${name}'`);
    const nested =
      Array.isArray(pipeline) && pipeline.some((stage) => stage instanceof Map && stage.has('$facet'));
    if (nested) throw badValue('$facet is not allowed to be used within a $facet stage');
    return [name, compile(pipeline)] as const;
  });
  return (items, context) => [new Map(facets.map(([name, run]) => [name, run(items, context).map(docOf)]))];
};
