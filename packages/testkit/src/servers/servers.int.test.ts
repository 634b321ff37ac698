import { connect } from 'node:net';
import pg from 'pg';
import { afterEach, describe, expect, test } from 'vitest';
import { isRunning, processTree } from './process-tree.js';
import {
  findPostgres,
  findRabbitMq,
  findRedis,
  startPostgres,
  startRabbitMq,
  startRedis,
  type TestServer,
} from './index.js';

const kinds = [
  { name: 'PostgreSQL', found: await findPostgres(), start: startPostgres },
  { name: 'Redis', found: await findRedis(), start: startRedis },
  { name: 'RabbitMQ', found: await findRabbitMq(), start: startRabbitMq },
];
const started: TestServer[] = [];
afterEach(async () => {
  for (const server of started.splice(0)) await server.stop();
});

/** True if somebody accepts connections there. */
const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => socket.end(() => resolve(true)));
    socket.once('error', () => resolve(false));
  });

describe.each(kinds)('$name', ({ found, start }) => {
  test.skipIf(found === undefined)(
    'is killed with all its processes, and comes back under its address',
    async () => {
      const others = process.listenerCount('exit');
      const server = await start();
      started.push(server);
      const tree = processTree(server.pid);
      expect(tree).toContain(server.pid);
      expect(await accepts(server.port)).toBe(true);
      await server.kill();
      expect(tree.filter(isRunning)).toEqual([]);
      expect(await accepts(server.port)).toBe(false);
      await server.restart();
      expect(tree).not.toContain(server.pid);
      expect(await accepts(server.port)).toBe(true);
      const again = processTree(server.pid);
      server.freeze();
      await server.stop();
      await server.stop();
      expect(again.filter(isRunning)).toEqual([]);
      // Nothing is ended with us that is ended already.
      expect(process.listenerCount('exit')).toBe(others);
    },
    // RabbitMQ starts twice, which takes a busy machine its time.
    180_000,
  );
});

test.skipIf(kinds[0]?.found === undefined)(
  'PostgreSQL answers nothing while it is frozen, and has every acknowledged row after a kill',
  async () => {
    const server = await startPostgres();
    started.push(server);
    const query = async (text: string) => {
      const client = new pg.Client({ connectionString: `${server.url}/postgres` });
      client.on('error', () => {});
      await client.connect();
      return client.query<{ answer: number }>(text).finally(() => client.end());
    };
    await query('CREATE TABLE kept AS SELECT 42 AS answer');
    server.freeze();
    let isAnswered = false;
    const asked = query('SELECT answer FROM kept').then(({ rows }) => {
      isAnswered = true;
      return rows;
    });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(isAnswered).toBe(false);
    server.thaw();
    expect(await asked).toEqual([{ answer: 42 }]);
    await server.restart();
    expect((await query('SELECT answer FROM kept')).rows).toEqual([{ answer: 42 }]);
  },
);
