import type { Encodable } from '../bson/encode.js';
import type { Doc } from '../bson/value.js';
import { findDocuments } from '../storage/find.js';
import { parseUpdate } from '../update/update.js';
import { Arguments } from './arguments.js';
import type { CommandContext, CommandHandler } from './command.js';
import { modify, refuseMultiReplacement, upsert } from './modify.js';
import { parseQuery } from './query.js';
import { document, succeed } from './reply.js';
import { runStatements } from './write-statements.js';

export const update: CommandHandler = (args, context) => {
  const namespace = `${context.database}.${args.text('update')}`;
  const statements = args.docs('updates');
  const ordered = args.boolean('ordered', true);
  args.refuse('bypassDocumentValidation', 'let');
  args.end();
  let n = 0;
  let nModified = 0;
  const upserted: Encodable[] = [];
  const writeErrors = runStatements(statements, ordered, (statement, index) => {
    const done = runStatement(namespace, statement, context, (modified) => {
      n += 1;
      if (modified) nModified += 1;
    });
    if (done.upserted !== undefined) {
      n += 1;
      upserted.push(document({ index, _id: done.upserted }));
    }
  });
  return succeed({ n, upserted: upserted.length > 0 ? upserted : undefined, nModified, writeErrors });
};

/** Tells `matched` of every document found, as it goes: what was changed before an error stays changed. */
function runStatement(
  namespace: string,
  statement: Doc,
  context: CommandContext,
  matched: (modified: boolean) => void,
): { upserted?: Encodable } {
  const args = new Arguments('update.updates', statement);
  const filter = parseQuery(args.doc('q'));
  const change = parseUpdate(args.value('u'), args.array('arrayFilters') ?? []);
  const multi = args.boolean('multi');
  const mayInsert = args.boolean('upsert');
  args.refuse('collation', 'hint', 'c', 'sort');
  args.end();
  refuseMultiReplacement(change, multi);
  const collection = context.store.get(namespace);
  const found = findDocuments(collection, filter, multi ? {} : { limit: 1 });
  if (collection !== undefined) {
    for (const each of found) matched(modify(collection, each, filter, change, context));
  }
  if (found.length > 0 || !mayInsert) return {};
  return { upserted: upsert(namespace, filter, change, context).id };
}
