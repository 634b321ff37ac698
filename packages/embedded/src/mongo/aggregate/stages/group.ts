import { badValue } from '../../errors.js';
import { orderKey } from '../../bson/order-key.js';
import type { Value } from '../../bson/value.js';
import { compileAccumulator } from '../accumulators.js';
import { compileExpression } from '../expression.js';
import { scopeOf } from '../scope.js';
import type { StageFactory } from '../stage.js';
import { sort } from './select.js';

export const group: StageFactory = (spec) => {
  if (!(spec instanceof Map)) throw badValue("a group's fields must be specified in an object");
  const id = spec.get('_id');
  if (id === undefined) throw badValue('a group specification must include an _id');
  const by = compileExpression(id);
  const fields = [...spec]
    .filter(([name]) => name !== '_id')
    .map(([name, accumulator]) => {
      if (name.includes('.')) throw badValue(`The field name '${name}' cannot contain '.'`);
      return [name, compileAccumulator(name, accumulator)] as const;
    });
  return (items, { now }) => {
    const groups = new Map<string, { id: Value; states: ReturnType<(typeof fields)[number][1]>[] }>();
    for (const item of items) {
      const scope = scopeOf(item, now);
      const value = by(scope) ?? null;
      const key = orderKey(value);
      let found = groups.get(key);
      if (found === undefined)
        groups.set(key, (found = { id: value, states: fields.map(([, make]) => make()) }));
      for (const state of found.states) state.take(scope);
    }
    return Array.from(
      groups.values(),
      ({ id: value, states }) =>
        new Map<string, Value>([
          ['_id', value],
          ...fields.map(([name], at): [string, Value] => [name, states[at]?.result() ?? null]),
        ]),
    );
  };
};

/** `$group` with a count, most frequent first. */
export const sortByCount: StageFactory = (spec, compile) => {
  if (typeof spec === 'string' ? !spec.startsWith('$') : !(spec instanceof Map)) {
    throw badValue(
      'the sortByCount field must be defined as a $-prefixed path or an expression inside an object',
    );
  }
  const count: Value = new Map<string, Value>([['$sum', 1]]);
  const grouped = group(
    new Map<string, Value>([
      ['_id', spec],
      ['count', count],
    ]),
    compile,
  );
  const sorted = sort(new Map([['count', -1]]), compile);
  return (items, context) => sorted(grouped(items, context), context);
};
