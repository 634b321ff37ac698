import { bsonType } from './types.js';
import { decodeDocument, decodeValue, forEachElement, nameEnd, valueEnd } from './decode.js';
import type { Doc, FieldSource, Value } from './value.js';

/**
 * A stored document, as the bytes it came in. Reading one field walks the top level without decoding the rest, so a
 * scan costs little memory and a reply is a copy of bytes. It is never changed; an update makes another one.
 */
export class RawDocument implements FieldSource {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;

  constructor(bytes: Buffer, start: number, end: number) {
    this.bytes = bytes;
    this.start = start;
    this.end = end;
  }

  get byteLength(): number {
    return this.end - this.start;
  }

  get(name: string): Value | undefined {
    const { bytes } = this;
    const limit = this.end - 1;
    let at = this.start + 4;
    while (at < limit) {
      const type = bytes.readUInt8(at);
      const nameStop = nameEnd(bytes, at + 1, limit);
      const stop = valueEnd(bytes, type, nameStop + 1, limit);
      if (sameName(bytes, at + 1, nameStop, name)) return decodeValue(bytes, type, nameStop + 1, stop, 1);
      at = stop;
    }
    return undefined;
  }

  decode(): Doc {
    return decodeDocument(this.bytes, this.start, this.end);
  }

  sameBytes(other: RawDocument): boolean {
    return this.bytes.compare(other.bytes, other.start, other.end, this.start, this.end) === 0;
  }
}

function sameName(bytes: Buffer, start: number, end: number, name: string): boolean {
  const { length } = name;
  if (end - start < length) return false;
  for (let i = 0; i < length; i += 1) {
    const char = name.charCodeAt(i);
    if (char > 0x7f) return bytes.toString('utf8', start, end) === name;
    if (bytes[start + i] !== char) return false;
  }
  return end - start === length;
}

/** Walks a whole document as {@link forEachElement} does, descending into embedded documents and arrays. */
export function forEachNested(
  bytes: Buffer,
  start: number,
  end: number,
  visitName: (nameAt: number, nameStop: number, depth: number) => void,
  visitValue: (type: number, at: number, stop: number) => void,
  depth = 1,
): void {
  forEachElement(bytes, start, end, depth, (type, nameAt, nameStop, at, stop) => {
    visitName(nameAt, nameStop, depth);
    if (type === bsonType.object || type === bsonType.array) {
      forEachNested(bytes, at, stop, visitName, visitValue, depth + 1);
    } else visitValue(type, at, stop);
  });
}
