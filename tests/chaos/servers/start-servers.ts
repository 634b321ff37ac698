import {
  type TestServer,
  findPostgres,
  findRabbitMq,
  findRedis,
  startPostgres,
  startRabbitMq,
  startRedis,
} from '@souk/testkit/servers';
import { startMongo } from './start-mongo.js';

/** The databases and brokers of a run, by name. */
export type Servers = ReadonlyMap<ServerName, TestServer>;
export type ServerName = 'postgres' | 'mongo' | 'redis' | 'rabbitmq';

/** @throws Error that names every program that this machine lacks */
export async function startServers(): Promise<Servers> {
  const needed = { postgresql: findPostgres, 'redis-server': findRedis, 'rabbitmq-server': findRabbitMq };
  const found = await Promise.all(Object.values(needed).map((find) => find()));
  const missing = Object.keys(needed).filter((_, index) => found[index] === undefined);
  if (missing.length > 0) {
    throw new Error(
      `The chaos suite needs real servers: apt-get install -y --no-install-recommends ${missing.join(' ')}`,
    );
  }
  const starting: Record<ServerName, Promise<TestServer>> = {
    postgres: startPostgres(),
    mongo: startMongo(),
    redis: startRedis(),
    rabbitmq: startRabbitMq(),
  };
  const names = Object.keys(starting) as ServerName[];
  const outcomes = await Promise.allSettled(names.map((name) => starting[name]));
  const started = new Map<ServerName, TestServer>();
  for (const [index, outcome] of outcomes.entries()) {
    const name = names[index];
    if (name !== undefined && outcome.status === 'fulfilled') started.set(name, outcome.value);
  }
  const failure = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failure) {
    await Promise.all([...started.values()].map((server) => server.stop()));
    throw failure.reason;
  }
  return started;
}
