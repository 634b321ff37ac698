import { testPostgres } from '@souk/testkit/postgres';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { createLogger } from '../log/index.js';
import { startListener } from './wake-up-listener.js';

const logger = createLogger({ level: 'silent' });
/** So many that something is sent while a new connection begins to listen, one after the other. */
const CHANNELS = Array.from({ length: 50 }, (_, index) => `channel_${index}`);

test('says of each channel that it was away, before it passes on what it hears again', async () => {
  const { url, drop } = await testPostgres('listener');
  onTestFinished(drop);
  const sender = new pg.Client({ connectionString: url });
  await sender.connect();
  const heard: string[] = [];
  const onNotification = (channel: string, text: string) => void heard.push(`${channel} ${text}`);
  const listener = await startListener({ url, channels: CHANNELS, onNotification, logger });
  // Only once it is gone: what the old connection still heard would count.
  await sender.query(
    `SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid()`,
  );
  const word = `${CHANNELS[0]} still there`;
  while (heard.at(-1) !== word) await sender.query(`NOTIFY ${CHANNELS[0]}, 'still there'`);
  await listener.stop();
  await sender.end();
  const away = CHANNELS.map((channel) => `${channel} `);
  expect(heard.slice(0, CHANNELS.length + 1)).toEqual([...away, word]);
});
