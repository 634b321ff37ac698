import { randomBytes } from 'node:crypto';
import { ObjectId } from './value.js';

const processPart = randomBytes(5).toString('latin1');
let counter = randomBytes(3).readUIntBE(0, 3);

/** A new ObjectId: seconds since the epoch, five random bytes of this process, a counter. */
export function newObjectId(now = Date.now()): ObjectId {
  counter = (counter + 1) & 0xffffff;
  const bytes = Buffer.allocUnsafe(12);
  bytes.writeUInt32BE(Math.floor(now / 1000), 0);
  bytes.write(processPart, 4, 'latin1');
  bytes.writeUIntBE(counter, 9, 3);
  return new ObjectId(bytes.toString('latin1'));
}
