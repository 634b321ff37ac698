import { prepareInsert } from '../storage/prepare.js';
import type { CommandHandler } from './command.js';
import { succeed } from './reply.js';
import { runStatements } from './write-statements.js';

export const insert: CommandHandler = (args, { store, journal, database }) => {
  const namespace = `${database}.${args.text('insert')}`;
  const documents = args.rawDocuments('documents');
  const ordered = args.boolean('ordered', true);
  args.refuse('bypassDocumentValidation');
  args.end();
  let n = 0;
  const writeErrors = runStatements(documents, ordered, (document) => {
    const prepared = prepareInsert(document);
    store.getOrCreate(namespace, journal).insert(prepared, journal);
    n += 1;
  });
  return succeed({ n, writeErrors });
};
