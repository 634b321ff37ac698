import { closeSync, fstatSync, openSync, readSync, truncateSync } from 'node:fs';
import type { Journal } from './journal.js';
import { isIntact, maxBodyBytes, recordHeaderBytes, replayBody } from './record.js';

/** Files are read in pieces, so that memory of documents that are replaced later can be freed piece by piece. */
const pieceBytes = 8 * 1024 * 1024;

/**
 * Reads a file of records back.
 *
 * @param tail what to do with an incomplete record at the end: a log is cut there (the process died while writing it,
 * and nobody was told that it had been written), in a snapshot it is damage
 * @returns the bytes of complete records
 * @throws Error when a record in the middle is damaged; nothing is cut off then, because intact data lies behind it
 */
export function readRecords(file: string, into: Journal, tail: 'cut' | 'refuse'): number {
  const descriptor = openSync(file, 'r');
  let at = 0;
  const { size } = fstatSync(descriptor);
  try {
    while (at < size) {
      const next = readPiece(descriptor, at, size, into);
      if (next === at) break;
      at = next;
    }
    if (at < size && (tail === 'refuse' || !isTornTail(descriptor, at, size))) {
      throw new Error(
        `${file} is damaged at byte ${at}. Restore it from a backup, or remove the data folder to start anew`,
      );
    }
  } finally {
    closeSync(descriptor);
  }
  if (at < size) truncateSync(file, at);
  return at;
}

/** Replays the complete records of one piece; answers where it stopped, which is `from` when there was none. */
function readPiece(descriptor: number, from: number, size: number, into: Journal): number {
  let bytes = read(descriptor, from, Math.min(pieceBytes, size - from));
  const first = bytes.length >= 4 ? recordHeaderBytes + bytes.readUInt32LE(0) : 0;
  if (first > bytes.length && first <= size - from) bytes = read(descriptor, from, first);
  let at = 0;
  while (at + recordHeaderBytes <= bytes.length) {
    const start = at + recordHeaderBytes;
    const end = start + bytes.readUInt32LE(at);
    if (end === start || end > bytes.length) break;
    if (!isIntact(bytes, start, end, bytes.readUInt32LE(at + 4))) break;
    replayBody(bytes, start, end, into);
    at = end;
  }
  return from + at;
}

/**
 * A write that a crash cut short leaves a record that reaches to, or past, the end of the file, or zeros where the file
 * had been grown already. A bad record with more behind it is something else.
 */
function isTornTail(descriptor: number, at: number, size: number): boolean {
  if (size - at < recordHeaderBytes) return true;
  const length = read(descriptor, at, recordHeaderBytes).readUInt32LE(0);
  if (length > maxBodyBytes) return false;
  if (length > 0) return at + recordHeaderBytes + length >= size;
  for (let from = at; from < size; from += pieceBytes) {
    const rest = read(descriptor, from, Math.min(pieceBytes, size - from));
    if (rest.some((byte) => byte !== 0)) return false;
  }
  return true;
}

function read(descriptor: number, from: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafeSlow(length);
  let done = 0;
  while (done < length) {
    const count = readSync(descriptor, bytes, done, length - done, from + done);
    if (count === 0) break;
    done += count;
  }
  return bytes.subarray(0, done);
}
