import { askOverEvery, encodeFrame, OPCODE, openRawWebSocket } from '@souk/gateway/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openConnection } from '../target/connection.js';
import { expectHarmless } from '../target/harmless.js';
import { startTarget, type Target } from '../target/target.js';
import { documents, variablesTexts } from './documents.js';
import { socketConversations } from './frames.js';
import { fuzzing, withinReason } from './fuzzing.js';
import { conversations } from './requests.js';

let target: Target;
beforeAll(async () => {
  target = await startTarget({
    LOG_LEVEL: 'error',
    GATEWAY__SERVER__HEADERS_TIMEOUT_MS: '1000',
    GATEWAY__SERVER__REQUEST_TIMEOUT_MS: '1000',
    GATEWAY__SOCKETS__INIT_TIMEOUT_MS: '1000',
  });
});
afterAll(() => target.stop());

/** Whatever came: the gateway is well, and has not logged a mistake of its own. */
async function expectWell(): Promise<void> {
  await target.expectAlive();
  expect(target.mistakes()).toEqual([]);
}

fuzzing(
  'documents and variables, with one answer over every transport',
  fc.asyncProperty(documents, variablesTexts, async (query, variablesText) => {
    // A stream that is right would wait for an event.
    fc.pre(!query.includes('subscription'));
    const question = { query, variablesText };
    const http = await withinReason(askOverEvery.HTTP(target.port, question));
    expectHarmless(JSON.stringify(http));
    expect(http.errors !== undefined || http.data !== undefined).toBe(true);
    expect(await withinReason(askOverEvery.WebSocket(target.port, question))).toEqual(http);
    expect(await withinReason(askOverEvery.SSE(target.port, question))).toEqual(http);
    await expectWell();
  }),
);

/** What a server that has made no mistake may say. */
const BLAMELESS = /^(100|101|[23]\d\d|4\d\d|503)$/;

fuzzing(
  'bytes over HTTP',
  fc.asyncProperty(conversations, async (pieces) => {
    const connection = await openConnection(target.port);
    for (const piece of pieces) connection.write(piece);
    connection.finish();
    const text = await withinReason(connection.ended());
    for (const [, status = ''] of text.matchAll(/HTTP\/1\.1 (\d+) /g)) expect(status).toMatch(BLAMELESS);
    expectHarmless(text);
    await expectWell();
  }),
);

/** Close codes that say that the client was wrong, or has left; not 1011. */
const THEIRS = [0, 1000, 1002, 1003, 1005, 1007, 1008, 1009, 4400, 4401, 4403, 4408, 4409, 4429];

fuzzing(
  'frames over WebSocket',
  fc.asyncProperty(socketConversations, async ({ init, frames }) => {
    const socket = await openRawWebSocket(target.port);
    if (init) socket.send({ type: 'connection_init' });
    for (const frame of frames) socket.write(frame);
    socket.write(encodeFrame(OPCODE.close, Buffer.from([0x03, 0xe8])));
    socket.finish();
    let code = 0;
    for (;;) {
      const frame = await withinReason(socket.nextFrame());
      if (!frame) break;
      if (frame.opcode === OPCODE.text) expectHarmless(frame.payload.toString());
      if (frame.opcode === OPCODE.close && frame.payload.length >= 2) code = frame.payload.readUInt16BE(0);
    }
    // A client may send any code, and gets it back.
    if (code < 3000 || code >= 4400) expect(THEIRS).toContain(code);
    await expectWell();
  }),
);

it('leaves no stream and no memory behind', async () => {
  await expect.poll(() => target.shop.priceChanges.open, { timeout: 30_000 }).toBe(0);
  await target.untilMemoryIsBack();
});
