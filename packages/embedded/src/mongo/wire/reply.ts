import { encodeDocument, type Encodable } from '../bson/encode.js';
import type { Request } from './request.js';

/** The answer to a command, before it is encoded. */
export type Reply = Map<string, Encodable>;

const opReply = 1;
const opMsg = 2013;
const headerBytes = 16;
let lastRequestId = 0;

/** A reply as the bytes to send. */
export function writeReply(request: Pick<Request, 'requestId' | 'protocol'>, reply: Reply): Buffer {
  const isMsg = request.protocol === 'msg';
  const preamble = isMsg ? 5 : 20;
  const message = encodeDocument(reply, headerBytes + preamble);
  message.fill(0, headerBytes, headerBytes + preamble);
  lastRequestId = (lastRequestId + 1) & 0x7fffffff;
  message.writeInt32LE(message.length, 0);
  message.writeInt32LE(lastRequestId, 4);
  message.writeInt32LE(request.requestId, 8);
  message.writeInt32LE(isMsg ? opMsg : opReply, 12);
  if (!isMsg) message.writeInt32LE(1, headerBytes + 16); // one document returned
  return message;
}
