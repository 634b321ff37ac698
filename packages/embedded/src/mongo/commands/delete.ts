import { badValue } from '../errors.js';
import { findDocuments } from '../storage/find.js';
import { Arguments } from './arguments.js';
import type { CommandHandler } from './command.js';
import { parseQuery } from './query.js';
import { succeed } from './reply.js';
import { runStatements } from './write-statements.js';

export const deleteDocuments: CommandHandler = (args, { store, journal, database }) => {
  const collection = store.get(`${database}.${args.text('delete')}`);
  const statements = args.docs('deletes');
  const ordered = args.boolean('ordered', true);
  args.refuse('let');
  args.end();
  let n = 0;
  const writeErrors = runStatements(statements, ordered, (statement) => {
    const inner = new Arguments('delete.deletes', statement);
    const filter = parseQuery(inner.doc('q'));
    const limit = inner.count('limit');
    inner.refuse('collation', 'hint');
    inner.end();
    if (limit !== 0 && limit !== 1) throw badValue('The limit field in delete objects must be 0 or 1');
    for (const found of findDocuments(collection, filter, limit === 1 ? { limit } : {})) {
      collection?.remove(found, journal);
      n += 1;
    }
  });
  return succeed({ n, writeErrors });
};
