import { MongoClient } from 'mongodb';
import { alignLogs } from '../backup/align-logs.js';
import { brokerOf } from '../backup/broker.js';
import { services } from '../services/index.js';
import { withServers } from './with-servers.js';

/**
 * Aligns the event logs after a single database was restored by other means than `souk restore`, and empties the queues of
 * the broker, which may be younger.
 */
export async function align(): Promise<void> {
  await withServers(async ({ config, servers, steps }) => {
    const broker = brokerOf(config.AMQP_URL, services);
    await broker.requireQuiet();
    const mongo = await new MongoClient(servers.mongo, { retryWrites: false }).connect();
    try {
      const repairs = await alignLogs({ services, servers, mongo, clock: () => new Date() });
      for (const { owner, head, position } of repairs) {
        steps.say(`${owner}: events ${head + 1} to ${position} are lost; the log goes on behind them.`);
      }
      const forgotten = await broker.forget();
      if (forgotten > 0)
        steps.say(`${forgotten} messages at the broker were dropped: the logs have what counts.`);
      if (repairs.length === 0) steps.say('Every log reaches as far as its consumers have read.');
    } finally {
      await mongo.close();
    }
  });
}
