import {
  BSON,
  Binary as BsonBinary,
  Double as BsonDouble,
  Int32,
  Long,
  ObjectId as BsonObjectId,
} from 'mongodb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeDocument } from './decode.js';
import { encodeDocument } from './encode.js';
import { RawDocument } from './raw-document.js';

/** Documents in the driver's own terms, of every type of the subset. */
const name = fc
  .string({ minLength: 1, maxLength: 6, unit: 'grapheme' })
  .filter((text) => !text.includes('\0'));
const { tree: value } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small' },
    fc.string({ unit: 'grapheme' }),
    fc.integer().map((n) => new Int32(n)),
    fc.double().map((n) => new BsonDouble(n)),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((n) => Long.fromBigInt(n)),
    fc.boolean(),
    fc.constant(null),
    fc.date({ noInvalidDate: true }),
    fc.uint8Array({ minLength: 12, maxLength: 12 }).map((bytes) => new BsonObjectId(bytes)),
    fc.uint8Array().map((bytes) => new BsonBinary(bytes)),
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(name, tie('tree'), { maxKeys: 4 }),
  ),
}));
const document = fc.dictionary(name, value, { maxKeys: 6 });

describe('the BSON codec', () => {
  it('gives the very bytes back that the official library writes', () => {
    fc.assert(
      fc.property(document, (doc) => {
        const bytes = Buffer.from(BSON.serialize(doc));
        expect(encodeDocument(decodeDocument(bytes)).equals(bytes)).toBe(true);
      }),
    );
  });

  it('reads one field of raw bytes as it does of the decoded document', () => {
    fc.assert(
      fc.property(document, (doc) => {
        const bytes = Buffer.from(BSON.serialize(doc));
        const raw = new RawDocument(bytes, 0, bytes.length);
        for (const [field, expected] of decodeDocument(bytes)) expect(raw.get(field)).toEqual(expected);
        expect(raw.get('a name that is not there')).toBeUndefined();
      }),
    );
  });

  it('never reads outside of damaged bytes, and only ever throws its own errors', () => {
    fc.assert(
      fc.property(document, fc.nat(), fc.nat({ max: 255 }), fc.nat(), (doc, position, byte, cut) => {
        const bytes = Buffer.from(BSON.serialize(doc));
        bytes[position % bytes.length] = byte;
        const damaged = bytes.subarray(0, bytes.length - (cut % 3));
        try {
          decodeDocument(damaged);
        } catch (error) {
          expect(error).toMatchObject({ name: 'MongoError' });
        }
      }),
      { numRuns: 1000 },
    );
  });
});
