import { createLogger } from '@souk/kit/log';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeOf, firstError } from './__fixtures__/answers.js';
import {
  type OrdersUnderTest,
  PLACE,
  account,
  checkout,
  startOrders,
} from './__fixtures__/orders-under-test.js';

const lines: string[] = [];
let orders: OrdersUnderTest;
beforeAll(async () => {
  const destination = { write: (line: string) => void lines.push(line) };
  orders = await startOrders({ logger: createLogger({ level: 'debug', destination }) });
  orders.stayPlaced();
});
afterAll(() => orders.stop());

/** Every row of every table, as text. */
async function everythingStored(): Promise<string> {
  const client = new pg.Client({ connectionString: orders.database.url });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
       WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    );
    const contents: string[] = [];
    for (const { name } of tables) {
      const { rows } = await client.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
      contents.push(name, ...rows.map(({ row }) => row));
    }
    return contents.join('\n');
  } finally {
    await client.end();
  }
}

test.each(['4242424242424242', '4242 4242 4242 4242', '5555-5555-5555-4444', ' 378282246310005 '])(
  'a card number (%s) in the place of a token goes nowhere, and its key is still good',
  async (card) => {
    const buyer = await orders.fill(account(`payer of ${card.length}`), { lamp: 1 });
    const input = checkout();
    const enquiries = orders.shop.enquiries.length;
    const answer = await orders.run(PLACE, { input: { ...input, paymentToken: card } }, buyer);
    expect(codeOf(answer)).toBe('BAD_USER_INPUT');
    expect(firstError(answer).message).toMatch(/Send the token that the payment provider's form gives/);
    expect(orders.shop.enquiries).toHaveLength(enquiries);

    const stored = await everythingStored();
    expect(stored).toContain('public.placements');
    expect(stored).not.toContain(input.idempotencyKey);
    for (const place of [JSON.stringify(answer), stored, lines.join('')]) {
      expect(place.replaceAll(/[\s-]/g, '')).not.toContain(card.replaceAll(/[\s-]/g, ''));
    }
    expect((await orders.place(buyer, input)).order.status).toBe('PLACED');
  },
);
