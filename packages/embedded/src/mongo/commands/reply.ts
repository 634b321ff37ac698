import type { Encodable } from '../bson/encode.js';
import { Double } from '../bson/value.js';
import type { MongoError } from '../errors.js';
import type { Reply } from '../wire/reply.js';

/** A document from an object literal; members that are `undefined` are left out. */
export function document(members: Readonly<Record<string, Encodable | undefined>>): Map<string, Encodable> {
  const result = new Map<string, Encodable>();
  for (const [name, value] of Object.entries(members)) if (value !== undefined) result.set(name, value);
  return result;
}

/** A successful reply. */
export function succeed(members: Readonly<Record<string, Encodable | undefined>> = {}): Reply {
  return document({ ...members, ok: new Double(1) });
}

/** A failed command's reply. */
export function fail(error: MongoError): Reply {
  return document({
    ok: new Double(0),
    errmsg: error.message,
    code: error.code,
    codeName: error.codeName,
    ...details(error),
  });
}

/** One entry of `writeErrors`. */
export function writeError(index: number, error: MongoError): Encodable {
  return document({ index, code: error.code, ...details(error), errmsg: error.message });
}

function details(error: MongoError): Record<string, Encodable> {
  // only duplicate keys carry details, and they put values there
  return Object.fromEntries(error.details) as Record<string, Encodable>;
}
