import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';
import { createSigns, TROUBLED_PLANNER } from '../__fixtures__/planner-trouble.js';
import { type RunningGateway, startGateway } from '../__fixtures__/start-gateway.js';
import { createTinyShop } from '../__fixtures__/tiny-shop.js';

const signs = createSigns();
afterAll(signs.remove);
let running: RunningGateway;
const named = (name: string): string => `query ${name} { products { id stock } }`;
const ANSWER = {
  status: 200,
  data: {
    products: [
      { id: 'p1', stock: 3 },
      { id: 'p2', stock: 3 },
    ],
  },
};

beforeEach(async () => {
  running = await startGateway(createTinyShop().apps, {
    plannerProgram: TROUBLED_PLANNER,
    options: { planning: { timeoutMs: 5_000 }, server: { drainMs: 100 } },
  });
});
afterEach(() => running.stop());

it('a cold plan holds nobody up: who is known is served meanwhile', async () => {
  expect(await running.ask(named('Known'))).toMatchObject(ANSWER);
  const gate = signs.next();
  const cold = running.ask(named(`Gated_${gate.name}`));
  // If it did, this would wait for the gate for ever.
  expect(await running.ask(named('Known'))).toMatchObject(ANSWER);
  expect((await fetch(`${running.url}/health`)).status).toBe(200);
  gate.give();
  expect(await cold).toMatchObject(ANSWER);
});

it('requests for one new operation wait for one plan', async () => {
  const gate = signs.next();
  const asked = Array.from({ length: 5 }, () => running.ask(named(`Gated_${gate.name}`)));
  gate.give();
  for (const answer of await Promise.all(asked)) expect(answer).toMatchObject(ANSWER);
  expect(await (await fetch(`${running.url}/metrics`)).text()).toMatch(/cache="plan",result="miss"\} 1\n/);
});

it('an operation that cannot be planned in time is told so, and takes nobody along', async () => {
  const stuck = await running.ask(named('Stuck'));
  expect(stuck).toMatchObject({
    status: 504,
    errors: [
      {
        message: expect.stringContaining('took longer than 5000 ms') as string,
        extensions: { code: 'TIMEOUT', retryable: true },
      },
    ],
  });
  expect(await running.ask(named('Crash'))).toMatchObject({
    status: 503,
    errors: [{ extensions: { code: 'UNAVAILABLE', retryable: true } }],
  });
  expect(await running.ask(named('After'))).toMatchObject(ANSWER);
  const text = await (await fetch(`${running.url}/metrics`)).text();
  const told = text.match(/planning_duration_seconds_count\{outcome="\w+"\} \d+/g);
  expect(told?.map((line) => line.slice(line.indexOf('{'))).sort()).toEqual([
    '{outcome="failed"} 1',
    '{outcome="ok"} 1',
    '{outcome="timeout"} 1',
  ]);
});

it('a reload leaves calls their planner, and gives new ones another', async () => {
  const gate = signs.next();
  const before = running.ask(named(`Gated_${gate.name}`));
  await expect
    .poll(async () => (await fetch(`${running.url}/metrics`)).text())
    .toMatch(/result="miss"\} 1\n/);
  running.gateway.reload(`${running.gateway.supergraphSdl()}\n# another version\n`);
  expect(await running.ask(named('After'))).toMatchObject(ANSWER);
  gate.give();
  expect(await before).toMatchObject(ANSWER);
});

it('a stop does not wait for a plan that never comes', async () => {
  const stuck = running.ask(named('Stuck'));
  const ended = expect(stuck).rejects.toThrow();
  await expect
    .poll(async () => (await fetch(`${running.url}/metrics`)).text())
    .toMatch(/result="miss"\} 1\n/);
  await running.stop();
  await ended;
});
