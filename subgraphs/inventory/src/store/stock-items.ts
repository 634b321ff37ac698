import type { DomainEvent } from '@souk/kit/events';
import { MAX_PENDING, isDuplicateKey, pendingPush, roomForEvents } from '@souk/kit/mongo';
import { AppError } from '@souk/kit/errors';
import {
  type AnyBulkWriteOperation,
  type Collection,
  type Db,
  type Filter,
  MongoBulkWriteError,
} from 'mongodb';
import type { StockItem } from '../domain/stock-item.js';
import { type StockItemDocument, stockItemsOf } from './collections.js';

/** An item that changes: `item.version` is the one that was read. */
export interface ItemChange {
  readonly item: StockItem;
  /** Undefined when no unit moves. */
  readonly event: DomainEvent | undefined;
}

/** A row of the staff's table. */
export interface StockRow extends StockItem {
  readonly updatedAt: Date;
}

/** Which rows, by keyset. */
export interface StockListing {
  readonly limit: number;
  /** `[available, variantId]` of the last row seen. */
  readonly after: readonly (string | number)[] | undefined;
  readonly maxAvailable: number | undefined;
}

/** Reads and writes of `stock_items`. */
export interface StockItemStore {
  find(variantIds: readonly string[]): Promise<StockItem[]>;
  /** Writes each item whose version is still the one that was read. @returns whether that was so for all */
  write(changes: readonly ItemChange[], now: Date): Promise<boolean>;
  list(listing: StockListing): Promise<StockRow[]>;
  count(maxAvailable: number | undefined): Promise<number>;
  /** Adds items that are not there yet and leaves the others alone. @returns how many were new */
  addMissing(
    items: readonly { readonly variantId: string; readonly units: number }[],
    now: Date,
  ): Promise<number>;
}

const fromDocument = ({
  _id,
  onHand,
  available,
  reserved,
  version,
  steps,
  adjustments,
}: StockItemDocument): StockItem => ({
  variantId: _id,
  onHand,
  available,
  reserved,
  version,
  steps,
  adjustments,
});

export function createStockItemStore(database: Db): StockItemStore {
  const items = stockItemsOf(database);
  return {
    async find(variantIds) {
      const documents = await items
        .find({ _id: { $in: [...variantIds] } }, { projection: { pending: 0 } })
        .toArray();
      return documents.map(fromDocument);
    },
    async write(changes, now) {
      if (changes.length === 0) return true;
      const result = await items.bulkWrite(
        changes.map((change) => toUpdate(change, now)),
        { ordered: false },
      );
      if (result.matchedCount === changes.length) return true;
      await refuseFull(items, changes);
      return false;
    },
    async list({ limit, after, maxAvailable }) {
      const documents = await items
        .find({ $and: [upTo(maxAvailable), beyond(after)] }, { projection: { pending: 0 } })
        .sort({ available: 1, _id: 1 })
        .limit(limit)
        .toArray();
      return documents.map((document) => ({ ...fromDocument(document), updatedAt: document.updatedAt }));
    },
    count: (maxAvailable) => items.countDocuments(upTo(maxAvailable)),
    async addMissing(wanted, now) {
      const ids = wanted.map(({ variantId }) => variantId);
      const there = await items.find({ _id: { $in: ids } }, { projection: { _id: 1 } }).toArray();
      const known = new Set(there.map(({ _id }) => _id));
      const missing = wanted.filter(({ variantId }) => !known.has(variantId));
      if (missing.length === 0) return 0;
      const documents = missing.map(({ variantId, units }) => newItem(variantId, units, now));
      try {
        return (await items.insertMany(documents, { ordered: false })).insertedCount;
      } catch (error) {
        // Another process was faster with some of them; the others are in.
        if (error instanceof MongoBulkWriteError && isDuplicateKey(error)) return error.insertedCount;
        throw error;
      }
    },
  };
}

const newItem = (variantId: string, units: number, now: Date): StockItemDocument => ({
  _id: variantId,
  onHand: units,
  available: units,
  reserved: 0,
  version: 1,
  steps: [],
  adjustments: [],
  updatedAt: now,
});

function toUpdate({ item, event }: ItemChange, now: Date): AnyBulkWriteOperation<StockItemDocument> {
  const { variantId, version, onHand, available, reserved, steps, adjustments } = item;
  const next = {
    onHand,
    available,
    reserved,
    version: version + 1,
    steps: [...steps],
    adjustments: [...adjustments],
  };
  if (!event)
    return {
      updateOne: { filter: { _id: variantId, version }, update: { $set: { ...next, updatedAt: now } } },
    };
  return {
    updateOne: {
      filter: { _id: variantId, version, ...roomForEvents() },
      update: { $set: { ...next, updatedAt: now, unrelayed: true }, $push: pendingPush([event]) },
    },
  };
}

/** @throws AppError UNAVAILABLE if an item cannot take another event */
async function refuseFull(
  items: Collection<StockItemDocument>,
  changes: readonly ItemChange[],
): Promise<void> {
  const ids = changes.map(({ item }) => item.variantId);
  const full = await items.findOne(
    { _id: { $in: ids }, [`pending.${MAX_PENDING - 1}`]: { $exists: true } },
    { projection: { _id: 1 } },
  );
  if (full)
    throw new AppError(
      'UNAVAILABLE',
      'Too many stock changes are waiting to be published. Try again in a moment.',
    );
}

const upTo = (maxAvailable: number | undefined): Filter<StockItemDocument> =>
  maxAvailable === undefined ? {} : { available: { $lte: maxAvailable } };

function beyond(after: StockListing['after']): Filter<StockItemDocument> {
  if (after === undefined) return {};
  const [available, id] = after;
  if (typeof available !== 'number' || typeof id !== 'string') {
    throw new AppError(
      'BAD_USER_INPUT',
      '"after" is not a cursor of this list. Pass a page\'s endCursor, unchanged.',
    );
  }
  // The first part alone bounds the index; the second picks within it.
  return { available: { $gte: available }, $or: [{ available: { $gt: available } }, { _id: { $gt: id } }] };
}
