import { afterEach, describe, expect, it } from 'vitest';
import { fillCart, orderInput, placeOrder, signIn, someVariants } from '../support/people.js';
import { type Mode, type Shop, startShop, temporaryFolder } from '../support/shop.js';

const ORDER =
  'query ($id: ID!, $token: String) { order(id: $id, accessToken: $token) { number status total { amountMinor } } }';
const stop: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const end of stop.splice(0).reverse()) await end();
});

describe.each<Mode>(['one process', 'split'])('recovery, %s', (mode) => {
  it('has every acknowledged order after kill -9 under twenty writers', async () => {
    const { folder, remove } = await temporaryFolder();
    stop.push(remove);
    const first = await startShop({ dataDir: folder, mode });
    const staff = await signIn(first, 'staff@souk.test');
    const variants = await someVariants(first, 20);
    const acknowledged: { id: string; number: string; accessToken: string | null }[] = [];
    let killed = false;

    const write = async (shop: Shop, variantId: string): Promise<void> => {
      while (!killed) {
        try {
          const { order } = await placeOrder(shop, await fillCart(shop, variantId));
          if (order && order.status !== 'PENDING') acknowledged.push(order);
        } catch (error) {
          if (!killed) throw error;
        }
      }
    };
    const writers = variants.map((variantId) => write(first, variantId));
    await new Promise<void>((resolve) => setTimeout(resolve, 3000));
    killed = true;
    await first.kill();
    await Promise.allSettled(writers);
    expect(acknowledged.length).toBeGreaterThan(5);

    const second = await startShop({ dataDir: folder, mode });
    stop.push(() => second.stop());
    const missing: string[] = [];
    for (const { id, number, accessToken } of acknowledged) {
      const { data } = await second.ask<{ order: { number: string; status: string } | null }>(ORDER, {
        id,
        token: accessToken,
      });
      const isKept = data.order?.number === number && !['FAILED', 'CANCELLED'].includes(data.order.status);
      if (!isKept) missing.push(number);
    }
    expect(missing).toEqual([]);

    // The token of before the kill is still good: signing keys persist.
    const { data, errors } = await second.ask<{ viewer: { email: string } }>(
      '{ viewer { email } }',
      {},
      staff,
    );
    expect({ data, errors }).toEqual({ data: { viewer: { email: 'staff@souk.test' } }, errors: [] });

    // What was half done at the kill is finished or undone: every unit is accounted for.
    const again = await placeOrder(second, await fillCart(second, variants[0] ?? ''), orderInput());
    expect(again.order?.status).toBe('PLACED');
    expect(await second.stop()).toBe(0);
  });
});
