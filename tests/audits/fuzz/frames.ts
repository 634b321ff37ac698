import { encodeFrame, OPCODE } from '@souk/gateway/testing';
import fc from 'fast-check';
import { documents, variablesTexts } from './documents.js';

const id = fc.oneof(fc.constantFrom('"1"', '"2"', '"__proto__"', '""', '1', 'null'), fc.json());
const payload = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(documents, variablesTexts)
      .map(([query, variables]) => `{"query":${JSON.stringify(query)},"variables":${variables}}`),
  },
  fc.constantFrom(
    '{"query":"{ whoami }"}',
    '{"query":"subscription { priceChanged { name } }"}',
    'null',
    '{}',
  ),
  fc.json(),
);
const type = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      'subscribe',
      'subscribe',
      'subscribe',
      'complete',
      'ping',
      'pong',
      'connection_init',
    ),
  },
  fc.constantFrom('connection_ack', 'next', 'error', '__proto__', ''),
);
const message = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(id, type, payload)
      .map(([its, kind, inner]) => `{"id":${its},"type":"${kind}","payload":${inner}}`),
  },
  fc.constantFrom('{"type":"ping"}', '{"type":"pong"}', '', '{', 'null', '[]'),
  fc.json(),
);
const content = fc.oneof(
  { weight: 5, arbitrary: message.map((text) => Buffer.from(text)) },
  fc.uint8Array({ maxLength: 140 }).map((bytes) => Buffer.from(bytes)),
);

const usual = content.map((bytes) => encodeFrame(OPCODE.text, bytes));
const odd = fc
  .record({
    opcode: fc.nat({ max: 15 }),
    content,
    fin: fc.boolean(),
    masked: fc.boolean(),
    reserved: fc.constantFrom(0, 0, 0, 0x40, 0x20, 0x10),
    lie: fc.constantFrom(0, 0, 0, 1, 200, 70_000, 2 ** 40),
  })
  .map(({ opcode, content: bytes, lie, ...shape }) =>
    encodeFrame(opcode, bytes, { ...shape, claimedLength: bytes.length + lie }),
  );
const inPieces = fc.tuple(content, fc.nat()).map(([bytes, cut]) => {
  const at = cut % (bytes.length + 1);
  return Buffer.concat([
    encodeFrame(OPCODE.text, bytes.subarray(0, at), { fin: false }),
    encodeFrame(OPCODE.continuation, bytes.subarray(at)),
  ]);
});

/** What one socket sends after its handshake, frame by frame; whether it begins as the protocol wants. */
export const socketConversations: fc.Arbitrary<{ readonly init: boolean; readonly frames: Buffer[] }> =
  fc.record({
    init: fc.boolean(),
    frames: fc.array(
      fc.oneof(
        { weight: 6, arbitrary: usual },
        { weight: 1, arbitrary: inPieces },
        { weight: 1, arbitrary: odd },
        { weight: 1, arbitrary: fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)) },
      ),
      { minLength: 1, maxLength: 8 },
    ),
  });
