import type { BlobBody } from './blob-store.js';

const MIB = 1_048_576;
/** S3 takes 10,000 parts at most, each but the last of 5 MiB at least. */
const MANY = 1_000;

/** Small at first, since a part is held in memory; large enough later for half a terabyte. */
const sizeOfPart = (number: number): number => (number <= MANY ? 8 : 64) * MIB;

/** A piece of a body, in order. */
export interface Part {
  /** From 1. */
  readonly number: number;
  readonly bytes: Buffer;
  readonly isLast: boolean;
}

/** Cuts a body into parts; there is always one, if only an empty one. */
export async function* cutIntoParts(body: BlobBody, sizeOf = sizeOfPart): AsyncGenerator<Part> {
  let number = 1;
  let held: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body instanceof Uint8Array ? [body] : body) {
    held.push(chunk);
    size += chunk.byteLength;
    // More than one part's worth: what is cut off here is certainly not the last.
    while (size > sizeOf(number)) {
      const all = Buffer.concat(held, size);
      const end = sizeOf(number);
      yield { number, bytes: all.subarray(0, end), isLast: false };
      number += 1;
      size -= end;
      held = [all.subarray(end)];
    }
  }
  yield { number, bytes: Buffer.concat(held, size), isLast: true };
}
