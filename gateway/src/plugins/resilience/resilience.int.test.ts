import { AppError, type ErrorCode } from '@souk/kit/errors';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Answer, type RunningGateway, startGateway } from '../../__fixtures__/start-gateway.js';
import { createTinyShop } from '../../__fixtures__/tiny-shop.js';
import { inProcessTransport } from '../../transport/in-process.js';
import type { SubgraphTransport } from '../../transport/subgraph-transport.js';
import type { ResilienceOptions } from './resilience.js';

let running: RunningGateway | undefined;
afterEach(async () => {
  vi.useRealTimers();
  await running?.stop();
});

interface Faulty {
  /** What it does with the next fetches; answers once the list is empty. */
  readonly plan: (ErrorCode | 'hang')[];
  asked: number;
  release: () => void;
}

/** The tiny shop of which one subgraph fails as planned. */
async function shopWith(
  options: ResilienceOptions | false,
  faulty = 'inventory',
): Promise<RunningGateway & { faults: Faulty }> {
  const faults: Faulty = { plan: [], asked: 0, release: () => {} };
  const { apps } = createTinyShop();
  const transports = new Map<string, SubgraphTransport>(
    apps.map((app) => {
      const inner = inProcessTransport(app);
      if (app.name !== faulty) return [app.name, inner];
      const execute: SubgraphTransport['execute'] = async (request) => {
        faults.asked += 1;
        const fate = faults.plan.shift();
        if (fate === 'hang') await new Promise<void>((resolve) => (faults.release = resolve));
        else if (fate)
          throw new AppError(fate, `The ${faulty} subgraph cannot be reached. Try again shortly.`);
        return inner.execute(request);
      };
      return [app.name, { ...inner, execute }];
    }),
  );
  running = await startGateway(apps, { transports, options: { resilience: options } });
  return { ...running, faults };
}

const STOCK = '{ product(id: "p1") { name stock } }';
const quick = { delayMs: 0 };

describe('resilience', () => {
  it('asks a query again, and answers whole', async () => {
    const { ask, faults } = await shopWith({ retry: quick });
    faults.plan.push('UNAVAILABLE', 'TIMEOUT');
    expect(await ask(STOCK)).toMatchObject({ data: { product: { name: 'Lamp', stock: 3 } } });
    expect(faults.asked).toBe(3);
  });

  it('does not ask again what failed for another reason, or when told not to', async () => {
    const { ask, faults } = await shopWith({ retry: quick });
    faults.plan.push('INTERNAL');
    expect(await ask(STOCK)).toMatchObject({ data: { product: { name: 'Lamp', stock: null } } });
    expect(faults.asked).toBe(1);
    await running?.stop();

    const once = await shopWith({ subgraphs: { inventory: { retry: false } } });
    once.faults.plan.push('UNAVAILABLE');
    expect(await once.ask(STOCK)).toMatchObject({
      data: { product: { name: 'Lamp', stock: null } },
      errors: [{ extensions: { code: 'UNAVAILABLE', retryable: true, service: 'inventory' } }],
    });
    expect(once.faults.asked).toBe(1);
  });

  it('never asks a mutation again: it may have been carried out', async () => {
    const { ask, faults } = await shopWith({ retry: quick }, 'products');
    faults.plan.push('UNAVAILABLE');
    expect(await ask('mutation { addNote(text: "once") }')).toMatchObject({
      data: { addNote: null },
      errors: [{ extensions: { code: 'UNAVAILABLE', service: 'products' } }],
    });
    expect(faults.asked).toBe(1);
  });

  it('leaves a subgraph alone that keeps failing, says so, and comes back', async () => {
    const { ask, faults, url } = await shopWith({
      retry: false,
      breaker: { minimumRequests: 3, windowMs: 60_000, openMs: 1_000 },
    });
    // The clock that breakers look at: it stands still until it is told.
    vi.useFakeTimers({ toFake: ['performance'] });
    faults.plan.push('UNAVAILABLE', 'UNAVAILABLE', 'UNAVAILABLE');
    for (let round = 0; round < 3; round += 1) await ask(STOCK);
    const refused = await ask(STOCK);
    expect(refused).toMatchObject({ data: { product: { name: 'Lamp', stock: null } } });
    expect(refused.errors?.[0]?.message).toMatch(/inventory subgraph keeps failing.*Try again in 1 s/);
    expect(faults.asked).toBe(3);
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toContain('souk_gateway_subgraph_breaker_state{subgraph="inventory"} 2');
    expect(metrics).toContain('souk_gateway_subgraph_breaker_state{subgraph="products"} 0');

    vi.advanceTimersByTime(1_001);
    expect(await ask(STOCK)).toMatchObject({ data: { product: { stock: 3 } } });
    expect(await ask(STOCK)).toMatchObject({ data: { product: { stock: 3 } } });
  });

  it('lets a bounded number wait, and answers the others at once without that part', async () => {
    const { ask, faults } = await shopWith({ concurrency: { limit: 1, queue: 1 }, retry: false });
    faults.plan.push('hang');
    const first = ask(STOCK);
    while (faults.asked < 1) await new Promise((resolve) => setTimeout(resolve, 5));
    const refused: Answer[] = [];
    const others = Array.from({ length: 3 }, async () => {
      const answer = await ask(STOCK);
      if (answer.errors) refused.push(answer);
      return answer;
    });
    // One of them waits for its turn.
    while (refused.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    for (const answer of refused) {
      expect(answer.data).toEqual({ product: { name: 'Lamp', stock: null } });
      expect(answer.errors?.[0]?.message).toContain('Too many requests wait for the inventory');
    }
    faults.release();
    const answers = await Promise.all([first, ...others]);
    const stocks = answers.map(({ data }) => (data as { product: { stock: number | null } }).product.stock);
    expect(stocks.filter((stock) => stock === 3)).toHaveLength(2);
  });

  it('switched off, every failure counts at once', async () => {
    const { ask, faults } = await shopWith(false);
    faults.plan.push(...Array<ErrorCode>(30).fill('UNAVAILABLE'));
    for (let round = 0; round < 30; round += 1) await ask(STOCK);
    expect(await ask(STOCK)).toMatchObject({ data: { product: { stock: 3 } } });
    expect(faults.asked).toBe(31);
  });
});
