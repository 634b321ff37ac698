import { decodeDocument, documentEnd, nameEnd } from '../bson/decode.js';
import { RawDocument } from '../bson/raw-document.js';
import type { Doc } from '../bson/value.js';
import { ProtocolError } from './frames.js';

/** One command as it came in. */
export interface Request {
  readonly requestId: number;
  /** How the reply has to be framed: OP_QUERY is only used by drivers for their very first hello. */
  readonly protocol: 'msg' | 'query';
  readonly command: Doc;
  /** The documents sent beside the command, by the name of the argument they stand for. */
  readonly sequences: ReadonlyMap<string, readonly RawDocument[]>;
  /** False for a write that nobody waits for (`w: 0`). */
  readonly wantsReply: boolean;
}

const opQuery = 2004;
const opMsg = 2013;
const checksumPresent = 1;
const moreToCome = 2;

/**
 * Reads a message.
 *
 * @throws ProtocolError for what is not a message of the subset; MongoError for a message with bad BSON in it
 */
export function readRequest(message: Buffer): Request {
  const opcode = message.readInt32LE(12);
  if (opcode === opMsg) return readOpMsg(message);
  if (opcode === opQuery) return readOpQuery(message);
  throw new ProtocolError(`opcode ${opcode}`);
}

export function requestIdOf(message: Buffer): number {
  return message.readInt32LE(4);
}

function readOpMsg(message: Buffer): Request {
  if (message.length < 26) throw new ProtocolError('an OP_MSG without a body');
  const flags = message.readUInt32LE(16);
  // the lower sixteen bits are required: a server that does not know one must not go on
  if ((flags & 0xffff & ~(checksumPresent | moreToCome)) !== 0)
    throw new ProtocolError(`OP_MSG flags ${flags}`);
  const end = message.length - ((flags & checksumPresent) === 0 ? 0 : 4);
  const sequences = new Map<string, RawDocument[]>();
  let command: Doc | undefined;
  let at = 20;
  while (at < end) {
    const kind = message.readUInt8(at);
    if (kind === 0) {
      if (command !== undefined) throw new ProtocolError('an OP_MSG with two bodies');
      const stop = documentEnd(message, at + 1, end);
      command = decodeDocument(message, at + 1, end);
      at = stop;
    } else if (kind === 1) at = readSequence(message, at + 1, end, sequences);
    else throw new ProtocolError(`an OP_MSG section of kind ${kind}`);
  }
  if (command === undefined) throw new ProtocolError('an OP_MSG without a body');
  // the exhaustAllowed flag is an offer, and answering once declines it
  const wantsReply = (flags & moreToCome) === 0;
  return { requestId: requestIdOf(message), protocol: 'msg', command, sequences, wantsReply };
}

function readSequence(
  message: Buffer,
  start: number,
  limit: number,
  into: Map<string, RawDocument[]>,
): number {
  if (start + 4 > limit) throw new ProtocolError('a document sequence that is cut off');
  const end = start + message.readInt32LE(start);
  if (end <= start + 4 || end > limit) throw new ProtocolError('a document sequence of impossible length');
  const stop = nameEnd(message, start + 4, end);
  const documents: RawDocument[] = [];
  for (let at = stop + 1; at < end;) {
    const next = documentEnd(message, at, end);
    documents.push(new RawDocument(message, at, next));
    at = next;
  }
  into.set(message.toString('utf8', start + 4, stop), documents);
  return end;
}

function readOpQuery(message: Buffer): Request {
  const stop = nameEnd(message, 20, message.length);
  const collection = message.toString('utf8', 20, stop);
  if (!collection.endsWith('.$cmd')) throw new ProtocolError('an OP_QUERY that is no command');
  const command = decodeDocument(message, stop + 9);
  if (!command.has('$db')) command.set('$db', collection.slice(0, -'.$cmd'.length));
  return {
    requestId: requestIdOf(message),
    protocol: 'query',
    command,
    sequences: new Map(),
    wantsReply: true,
  };
}
