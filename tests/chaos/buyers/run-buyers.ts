import { createRandom } from '@souk/demo-data/random';
import { sleep } from '@souk/kit/lifecycle';
import type { Diary } from '../facts/told.js';
import type { Bank } from './bank.js';
import type { Buyer } from './buyer.js';
import type { GraphClient, Identity } from './graph-client.js';
import { JOURNEYS } from './journeys.js';
import { overSse } from './live/over-sse.js';
import { overWebSocket } from './live/over-websocket.js';
import { createWatcher } from './live/watcher.js';
import { insist } from './place.js';

/** The shoppers of a run. */
export interface Crowd {
  /** Sends everybody shopping until the signal is given; resolves when the last has come home. */
  shop(signal: AbortSignal): Promise<void>;
  /** Everybody who does not know an outcome asks for it, as long as it takes. */
  askAgain(): Promise<void>;
  /** Closes all pages. */
  close(): Promise<void>;
}

/** So many buyers look at the shelves all the time: the first ones, half of them over each way. */
const SHELF_WATCHERS = 2;
/** Attempts of one buyer to hear an outcome once the shop is whole again. */
const LAST_ATTEMPTS = 40;

/**
 * @param options.identities one buyer each; an empty one is a guest
 * @param options.run makes keys of this run differ from any other's
 */
export function createCrowd(options: {
  readonly seed: number;
  readonly run: string;
  readonly graph: GraphClient;
  readonly diary: Diary;
  readonly bank: Bank;
  readonly identities: readonly Identity[];
  readonly variants: readonly string[];
}): Crowd {
  const { seed, run, graph, diary, bank, variants } = options;
  let over: AbortSignal | undefined;
  const buyers = options.identities.map((identity, index): Buyer => {
    const name = `buyer ${index + 1}`;
    const subscribe = index % 2 === 0 ? overWebSocket : overSse;
    let keys = 0;
    return {
      name,
      identity: { ...identity, 'x-forwarded-for': `198.51.100.${index + 1}` },
      random: createRandom(seed, name),
      graph,
      diary,
      bank,
      watcher: createWatcher({ subscriber: subscribe({ url: graph.url, identity }), who: name, diary }),
      variants,
      orders: [],
      open: [],
      newKey: () => `${run}-${index + 1}-${(keys += 1)}`,
      pause: (ms) => sleep(ms, over),
    };
  });
  const weights = JOURNEYS.map(([, weight]) => weight);

  return {
    async shop(signal) {
      over = signal;
      for (const { watcher } of buyers.slice(0, SHELF_WATCHERS)) watcher.watchStock(variants);
      await Promise.all(
        buyers.map(async (buyer) => {
          while (!signal.aborted) {
            const [journey] = JOURNEYS[buyer.random.weighted(weights)] ?? [];
            await journey?.(buyer);
            await buyer.pause(buyer.random.integer(50, 600));
          }
        }),
      );
      over = undefined;
    },
    async askAgain() {
      await Promise.all(
        buyers.flatMap((buyer) => buyer.open.map((placement) => insist(buyer, placement, LAST_ATTEMPTS))),
      );
    },
    async close() {
      await Promise.all(buyers.map(({ watcher }) => watcher.close()));
    },
  };
}
