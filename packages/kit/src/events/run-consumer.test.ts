import { createMemoryLog } from '@souk/testkit/events';
import { silentLogger } from '@souk/testkit/logger';
import { expect, test, vi } from 'vitest';
import type { RecordedEvent } from './event.js';
import { runConsumer } from './run-consumer.js';
import { EVERY_TYPE } from './transport.js';
import { madeEvent } from './transport.contract.js';

/** How long to wait for what happens in the background, in milliseconds: on a busy machine, too. */
const PATIENCE = { timeout: 20_000, interval: 50 };

test.each([
  { types: ['thing.counted'], wants: 'its types', sees: ['thing.counted', 'thing.counted'] },
  { types: [EVERY_TYPE], wants: 'every type', sees: ['thing.counted', 'thing.lost', 'thing.counted'] },
])('a subscription to $types gets $wants', async ({ types, sees }) => {
  const log = createMemoryLog();
  const seen: RecordedEvent[] = [];
  let cursor = 0;
  log.append(madeEvent('shop'), madeEvent('shop', { type: 'thing.lost' }), madeEvent('shop'));
  const running = runConsumer(
    log,
    {
      consumer: 'test',
      owner: 'shop',
      types,
      cursor: { load: async () => cursor },
      async deliver(batch, upTo) {
        seen.push(...batch);
        cursor = upTo;
      },
    },
    { logger: silentLogger },
  );
  await vi.waitFor(() => expect(cursor).toBe(3), PATIENCE);
  await running.stop();
  expect(seen.map(({ type }) => type)).toEqual(sees);
});
