import { createRandom } from '@souk/demo-data/random';
import { createDiary } from '../../facts/told.js';
import type { Buyer } from '../buyer.js';
import type { GraphClient, Reply } from '../graph-client.js';

/** A buyer whose graph gives these answers, one after the other; the last one is given for ever. */
export function loneBuyer(...answers: Reply<unknown>[]) {
  const asked: { query: string; variables: Readonly<Record<string, unknown>> }[] = [];
  const watched: string[] = [];
  const confirmed: string[] = [];
  const diary = createDiary(() => 0);
  const graph: GraphClient = {
    url: 'http://shop.test',
    async ask<Data>(query: string, variables = {}) {
      asked.push({ query, variables });
      // What a test answers is what the query asks for.
      return (answers[asked.length - 1] ?? answers.at(-1)) as Reply<Data>;
    },
  };
  let keys = 0;
  const buyer: Buyer = {
    name: 'buyer 1',
    identity: {},
    random: createRandom(1, 'buyer'),
    graph,
    diary,
    watcher: {
      watch: (orderId) => void watched.push(orderId),
      watchStock: () => {},
      close: async () => {},
    },
    bank: { answer: async (orderId) => void confirmed.push(orderId) },
    variants: ['lamp', 'sofa'],
    orders: [],
    open: [],
    newKey: () => `key-${(keys += 1)}`,
    pause: async () => {},
  };
  const news = () => diary.entries().map(({ at: _at, who: _who, ...rest }) => rest);
  return { buyer, asked, watched, confirmed, news };
}

export const noAnswer: Reply<never> = { answered: false, reason: 'timeout' };

export const placedOrder = (status: string, id = 'o1'): Reply<unknown> => ({
  answered: true,
  data: {
    placeOrder: {
      order: {
        id,
        number: 'S-1',
        status,
        version: 1,
        accessToken: 'secret',
        total: { amountMinor: 500 },
        lines: [{ quantity: 2, variant: { id: 'lamp' } }],
      },
      errors: [],
    },
  },
});

export const refusedOrder = (code: string): Reply<unknown> => ({
  answered: true,
  data: { placeOrder: { order: null, errors: [{ code, message: '' }] } },
});
