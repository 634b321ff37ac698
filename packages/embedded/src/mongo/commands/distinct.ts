import { orderKey } from '../bson/order-key.js';
import type { Value } from '../bson/value.js';
import { parsePath, walkPath } from '../query/path.js';
import { findDocuments } from '../storage/find.js';
import type { CommandHandler } from './command.js';
import { parseQuery } from './query.js';
import { succeed } from './reply.js';

/** The different values at a path, in order; those of an array are its elements. */
export const distinct: CommandHandler = (args, { store, database }) => {
  const collection = store.get(`${database}.${args.text('distinct')}`);
  const path = parsePath(args.text('key'));
  const filter = parseQuery(args.doc('query'));
  args.refuse('collation', 'hint');
  args.end();
  const values = new Map<string, Value>();
  const offer = (value: Value): void => {
    const key = orderKey(value);
    if (!values.has(key)) values.set(key, value);
  };
  for (const { raw } of findDocuments(collection, filter)) {
    walkPath(raw, path, 'whole', (value) => {
      if (Array.isArray(value)) value.forEach(offer);
      else if (value !== undefined) offer(value);
      return false;
    });
  }
  const sorted = [...values].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
  return succeed({ values: sorted });
};
