import { sendRaw } from '@souk/gateway/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectHarmless } from '../target/harmless.js';
import { sendHttp } from '../target/send-http.js';
import { startTarget, type Target } from '../target/target.js';
import { asStream, HOSTILE_REQUESTS, type HostileRequest } from './http-requests.js';
import { HOSTILE_BYTES } from './raw-bytes.js';

let target: Target;
beforeAll(async () => {
  target = await startTarget();
});
afterAll(() => target.stop());

describe.each(Object.entries(HOSTILE_REQUESTS))('%s', (_kind, requests) => {
  const isMet = async ({ status, answers = {}, ...request }: HostileRequest): Promise<void> => {
    const answer = await sendHttp(target.port, request);
    expect(answer.status).toBe(status);
    expectHarmless(answer.text);
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    for (const [name, value] of Object.entries(answers)) {
      if (value instanceof RegExp) expect(answer.headers[name]).toMatch(value);
      else expect(answer.headers[name]).toBe(value);
    }
    // Whatever is wrong, a program can read what.
    if (status >= 400) expect(JSON.parse(answer.text)).toMatchObject(SAYS_WHY);
    await target.expectAlive();
  };
  it.each(requests)('$what', isMet);

  it.each(requests.flatMap(asStream))('$what, for an answer by SSE', isMet);
});
const SAYS_WHY = expect.toSatisfy(
  (body: { error?: unknown; errors?: readonly { message: string }[] }) =>
    typeof body.error === 'string' || (body.errors ?? []).every(({ message }) => message.length > 5),
) as object;

describe.each(Object.entries(HOSTILE_BYTES))('bytes with wrong %s', (_kind, all) => {
  it.each(all)('$what', async ({ bytes, status }) => {
    const text = await sendRaw(target.port, bytes);
    const statuses = [...text.matchAll(/HTTP\/1\.1 (\d+) /g)].map(([, code]) => Number(code));
    expect(statuses.filter((code) => code !== 100)).toEqual(status === 0 ? [] : [status]);
    expectHarmless(text);
    expect(text).not.toContain('process_resident_memory_bytes');
    await target.expectAlive();
  });
});

it('nothing of it was run', () => {
  expect(target.shop.notes).toEqual([]);
  expect(target.shop.seen.map(({ viewer }) => viewer.kind)).not.toContain('user');
});

it('leaves nothing behind: no mistake of the gateway, no memory', async () => {
  expect(target.mistakes()).toEqual([]);
  await target.untilMemoryIsBack();
});
