import { connectRedisKv } from '@souk/kit/kv';
import type { Logger } from '@souk/kit/log';
import { ClearError } from '../clear-error.js';
import { reasonOf } from './reason-of.js';

/** @throws ClearError that says why the server of `REDIS_URL` does not let us in */
export async function checkRedis(url: string, logger: Logger): Promise<void> {
  try {
    const kv = await connectRedisKv({ url, logger });
    await kv.close();
  } catch (error) {
    throw new ClearError(
      `REDIS_URL: no Redis server lets us in at ${new URL(url).host} (${reasonOf(error)}). ` +
        'Start it or correct the URL, or unset REDIS_URL to do without.',
      { cause: error },
    );
  }
}
