import { askOverEvery, TRANSPORTS } from '@souk/gateway/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectHarmless, expectRefused } from '../target/harmless.js';
import { startTarget, type Target } from '../target/target.js';
import { HOSTILE_OPERATIONS } from './operations.js';

let target: Target;
beforeAll(async () => {
  target = await startTarget();
});
afterAll(() => target.stop());

describe.each(TRANSPORTS)('over %s', (transport) => {
  describe.each(Object.entries(HOSTILE_OPERATIONS))('%s', (_kind, operations) => {
    it.each(operations)('$what', async ({ must = 'be refused', ...question }) => {
      const told = await askOverEvery[transport](target.port, question);
      expectHarmless(JSON.stringify(told));
      if (must === 'be refused') expectRefused(told);
      else expect(told).toMatchObject({ data: expect.any(Object) as object });
      await target.expectAlive();
    });
  });
});

it('leaves nothing behind: no mistake of the gateway, no memory', async () => {
  expect(target.mistakes()).toEqual([]);
  await target.untilMemoryIsBack();
});
