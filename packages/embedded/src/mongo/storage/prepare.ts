import { badValue, MongoError, refused } from '../errors.js';
import { documentEnd, maxDocumentBytes } from '../bson/decode.js';
import { encodeDocument } from '../bson/encode.js';
import { newObjectId } from '../bson/object-id.js';
import { forEachNested, RawDocument } from '../bson/raw-document.js';
import { bsonType } from '../bson/types.js';
import type { Doc, Value } from '../bson/value.js';

/**
 * Makes what a client sent a document that may be stored: checked through and through, `_id` first and there, in bytes
 * of its own (the client's message is not kept alive by it).
 *
 * @throws MongoError when the document is malformed, too large, or outside the subset
 */
export function prepareInsert(raw: RawDocument): RawDocument {
  check(raw);
  const id = raw.get('_id');
  if (id !== undefined) checkId(id);
  if (id === undefined || !startsWithId(raw)) {
    const fields = raw.decode();
    fields.delete('_id');
    return fromDoc(new Map<string, Value>([['_id', id ?? newObjectId()], ...fields]));
  }
  const bytes = Buffer.allocUnsafe(raw.byteLength);
  raw.bytes.copy(bytes, 0, raw.start, raw.end);
  return new RawDocument(bytes, 0, bytes.length);
}

/** The same for a document made by an update, whose `_id` is in place. */
export function prepareUpdated(doc: Doc): RawDocument {
  const raw = fromDoc(doc);
  check(raw);
  return raw;
}

function fromDoc(doc: Doc): RawDocument {
  const bytes = encodeDocument(doc);
  return new RawDocument(bytes, 0, bytes.length);
}

const idPrefix = Buffer.from('_id\0');

function startsWithId({ bytes, start, end }: RawDocument): boolean {
  return end - start > 9 && bytes.compare(idPrefix, 0, 4, start + 5, start + 9) === 0;
}

function checkId(id: Value): void {
  if (Array.isArray(id)) throw new MongoError('InvalidIdField', "The '_id' value cannot be of type array");
}

const dollar = 0x24;
const dot = 0x2e;

function check({ bytes, start, end }: RawDocument): void {
  if (end - start > maxDocumentBytes) {
    throw new MongoError(
      'BSONObjectTooLarge',
      `object to insert too large. size in bytes: ${end - start}, max size: ${maxDocumentBytes}`,
    );
  }
  documentEnd(bytes, start, end);
  forEachNested(
    bytes,
    start,
    end,
    (nameAt, nameStop) => {
      if (nameAt === nameStop)
        throw badValue('A field without a name cannot be stored here; name every field');
      if (bytes[nameAt] === dollar) throw dollarPrefixed(bytes.toString('utf8', nameAt, nameStop));
      for (let at = nameAt; at < nameStop; at += 1) {
        if (bytes[at] === dot)
          throw refused(`a '.' in the field name '${bytes.toString('utf8', nameAt, nameStop)}'`);
      }
    },
    (type) => {
      if (type === bsonType.regex) throw refused('storing BSON type regex');
    },
  );
}

function dollarPrefixed(name: string): MongoError {
  return new MongoError(
    'DollarPrefixedFieldName',
    `The dollar ($) prefixed field '${name}' is not valid for storage; choose another name`,
  );
}
