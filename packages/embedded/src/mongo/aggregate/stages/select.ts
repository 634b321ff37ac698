import { badValue } from '../../errors.js';
import { compileFilter } from '../../query/match.js';
import { parseFilter } from '../../query/parse.js';
import { wholeNumber } from '../../query/parse-field.js';
import { parseSort, sortBy } from '../../query/sort.js';
import { compileCondition } from '../expression.js';
import type { StageFactory } from '../stage.js';

export const match: StageFactory = (spec) => {
  if (!(spec instanceof Map)) throw badValue('the match filter must be an expression in an object');
  const matches = compileFilter(parseFilter(spec, compileCondition));
  return (items) => items.filter((item) => matches(item));
};

export const sort: StageFactory = (spec) => {
  if (!(spec instanceof Map) || spec.size === 0)
    throw badValue('$sort stage must have at least one sort key');
  const fields = parseSort(spec);
  return (items) => sortBy(items, fields, (item) => item);
};

export const skip: StageFactory = (spec) => {
  const amount = Number(wholeNumber(spec, 'the $skip of a pipeline'));
  if (amount < 0) throw badValue('invalid argument to $skip stage: expected a non-negative number');
  return (items) => items.slice(amount);
};

export const limit: StageFactory = (spec) => {
  const amount = Number(wholeNumber(spec, 'the $limit of a pipeline'));
  if (amount <= 0) throw badValue('the limit must be positive');
  return (items) => items.slice(0, amount);
};

/** One document with the number of documents, and none when there are none. */
export const count: StageFactory = (spec) => {
  if (typeof spec !== 'string' || spec === '' || spec.startsWith('$') || spec.includes('.')) {
    throw badValue('the count field must be a non-empty string without $ in front and without dots');
  }
  return (items) => (items.length === 0 ? [] : [new Map([[spec, items.length]])]);
};
