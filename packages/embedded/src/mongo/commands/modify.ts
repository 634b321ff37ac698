import { MongoError } from '../errors.js';
import type { RawDocument } from '../bson/raw-document.js';
import type { Value } from '../bson/value.js';
import type { Filter, MatchDetails } from '../query/filter.js';
import { compileFilter } from '../query/match.js';
import type { Collection } from '../storage/collection.js';
import { idOf } from '../storage/collection.js';
import { prepareUpdated } from '../storage/prepare.js';
import type { StoredDocument } from '../storage/stored-document.js';
import { upsertDocument, type Update } from '../update/update.js';
import type { CommandContext } from './command.js';

/**
 * Applies an update to one document.
 *
 * @returns whether that changed it
 */
export function modify(
  collection: Collection,
  document: StoredDocument,
  filter: Filter,
  update: Update,
  { journal, now }: CommandContext,
): boolean {
  const position = update.positional ? positionOf(document, filter) : undefined;
  const next = prepareUpdated(
    update.apply(document.raw.decode(), { position, inserting: false, now: now() }),
  );
  if (next.sameBytes(document.raw)) return false;
  collection.replace(document, next, journal);
  return true;
}

function positionOf(document: StoredDocument, filter: Filter): number | undefined {
  const details: MatchDetails = {};
  compileFilter(filter)(document.raw, details);
  return details.index;
}

/** Inserts the document of an upsert that found nothing. */
export function upsert(
  namespace: string,
  filter: Filter,
  update: Update,
  { store, journal, now }: CommandContext,
): { id: Value; raw: RawDocument } {
  const raw = prepareUpdated(upsertDocument(filter, update, now()));
  store.getOrCreate(namespace, journal).insert(raw, journal);
  return { id: idOf(raw), raw };
}

export function refuseMultiReplacement(update: Update, multi: boolean): void {
  if (multi && update.kind === 'replacement') {
    throw new MongoError('FailedToParse', 'multi update is not supported for replacement-style update');
  }
}
