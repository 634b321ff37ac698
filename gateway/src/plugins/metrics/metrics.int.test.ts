import { expect, it } from 'vitest';
import { startGateway } from '../../__fixtures__/start-gateway.js';
import { createTinyShop } from '../../__fixtures__/tiny-shop.js';

it('counts operations, fetches, plans and responses; clients cannot make labels without end', async () => {
  const shop = createTinyShop();
  const running = await startGateway(shop.apps);
  await running.ask('query Page { products { stock } }');
  await running.ask('query Page { products { stock } }');
  shop.inventory = 'throws';
  await running.ask('query Page { products { stock } }');
  await running.ask('query Broken { nothing }');
  for (let n = 0; n < 230; n += 1) await running.ask(`query Made${n} { __typename }`);
  const text = await (await fetch(`${running.url}/metrics`)).text();
  await running.stop();
  const value = (series: string): number =>
    Number(
      text
        .split('\n')
        .find((line) => line.startsWith(`${series} `))
        ?.split(' ')
        .at(-1),
    );

  expect(value('souk_gateway_operations_total{operation="Page",kind="query",status="ok"}')).toBe(2);
  expect(value('souk_gateway_operations_total{operation="Page",kind="query",status="partial"}')).toBe(1);
  expect(value('souk_gateway_operations_total{operation="(invalid)",kind="unknown",status="refused"}')).toBe(
    1,
  );
  expect(
    value('souk_gateway_operations_total{operation="(other)",kind="query",status="ok"}'),
  ).toBeGreaterThan(0);
  expect(value('souk_gateway_subgraph_fetch_seconds_count{subgraph="inventory"}')).toBe(3);
  expect(value('souk_gateway_plan_lookups_total{result="miss"}')).toBe(231);
  expect(value('souk_gateway_plan_lookups_total{result="hit"}')).toBe(2);
  expect(value('souk_gateway_http_responses_total{method="POST",status="400"}')).toBe(1);
  expect(text).toContain('process_resident_memory_bytes');
});
