import { MongoError } from '../errors.js';
import type { Encodable } from '../bson/encode.js';
import type { RawDocument } from '../bson/raw-document.js';
import { compileProjection } from '../query/projection.js';
import { parseSort } from '../query/sort.js';
import { findDocuments } from '../storage/find.js';
import { parseUpdate } from '../update/update.js';
import type { Arguments } from './arguments.js';
import type { CommandHandler } from './command.js';
import { modify, upsert } from './modify.js';
import { parseQuery } from './query.js';
import { document, succeed } from './reply.js';

/** `findAndModify`, which drivers call findOneAndUpdate, findOneAndReplace and findOneAndDelete. */
export const findAndModify: CommandHandler = (args, context) => {
  const namespace = `${context.database}.${args.text(context.commandName)}`;
  const filter = parseQuery(args.doc('query'));
  const sort = parseSort(args.doc('sort'));
  const project = compileProjection(args.doc('fields'));
  const { remove, returnNew, mayInsert, update } = readModification(args);
  args.refuse('collation', 'hint', 'let', 'bypassDocumentValidation');
  args.end();
  const collection = context.store.get(namespace);
  const [found] = findDocuments(collection, filter, { sort, limit: 1 });
  const answer = (raw: RawDocument | undefined, about: Record<string, Encodable>) =>
    succeed({ lastErrorObject: document(about), value: raw === undefined ? null : (project?.(raw) ?? raw) });

  if (found === undefined || collection === undefined) {
    if (!mayInsert || update === undefined) {
      return answer(undefined, remove ? { n: 0 } : { n: 0, updatedExisting: false });
    }
    const made = upsert(namespace, filter, update, context);
    return answer(returnNew ? made.raw : undefined, { n: 1, updatedExisting: false, upserted: made.id });
  }
  const before = found.raw;
  if (update === undefined) {
    collection.remove(found, context.journal);
    return answer(before, { n: 1 });
  }
  modify(collection, found, filter, update, context);
  return answer(returnNew ? found.raw : before, { n: 1, updatedExisting: true });
};

function readModification(args: Arguments) {
  const remove = args.boolean('remove');
  const returnNew = args.boolean('new');
  const mayInsert = args.boolean('upsert');
  const given = args.value('update');
  const arrayFilters = args.array('arrayFilters') ?? [];
  const failed = (message: string): MongoError => new MongoError('FailedToParse', message);
  if (remove && given !== undefined) throw failed('Cannot specify both an update and remove=true');
  if (!remove && given === undefined) throw failed('Either an update or remove=true must be specified');
  if (remove && returnNew)
    throw failed(
      "Cannot specify both new=true and remove=true; 'remove' always returns the deleted document",
    );
  if (remove && mayInsert) throw failed('Cannot specify both upsert=true and remove=true');
  return { remove, returnNew, mayInsert, update: remove ? undefined : parseUpdate(given, arrayFilters) };
}
