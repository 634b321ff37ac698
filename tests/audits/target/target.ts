import { freePort } from '@souk/embedded/ports';
import {
  type GatewayProcess,
  type ServedShop,
  serveTinyShop,
  startGatewayProcess,
  untilHealthy,
} from '@souk/gateway/testing';
import { heldMemory, untilMemoryIsBack } from './memory.js';

/** The gateway as operators run it, over the tiny shop: what the audits are aimed at. */
export interface Target {
  readonly url: string;
  readonly port: number;
  readonly shop: ServedShop['shop'];
  /** Asks one operation that must work. @throws Error unless it does */
  expectAlive(): Promise<void>;
  /** Resolves once the memory is near what it was when the target started. */
  untilMemoryIsBack(): Promise<void>;
  /** What the gateway logged as its own mistakes since this was asked before. */
  mistakes(): string[];
  stop(): Promise<void>;
}

/** @param options of the gateway, as its environment has them (`GATEWAY__SERVER__BODY_LIMIT`). @default {} */
export async function startTarget(options: Record<string, string> = {}): Promise<Target> {
  const tiny = await serveTinyShop();
  await tiny.replace(tiny.supergraphOf(tiny.shop.apps.length));
  const port = await freePort();
  const started: GatewayProcess = startGatewayProcess(
    { SUPERGRAPH_SDL: tiny.file, SOUK_INTERNAL_SECRET: tiny.secret, ...options },
    port,
  );
  await untilHealthy(started);
  const { url } = started;
  const ask = async (): Promise<void> => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ product(id: "p1") { name stock } }' }),
    });
    const text = await response.text();
    if (text !== '{"data":{"product":{"name":"Lamp","stock":3}}}')
      throw new Error(`The gateway is not well any more: ${response.status} ${text}\n${started.output()}`);
  };
  // What is made at first sight is part of what it holds.
  for (let n = 0; n < 50; n += 1) await ask();
  const before = await heldMemory(url);
  let seen = started.output().length;
  return {
    url,
    port,
    shop: tiny.shop,
    async expectAlive() {
      const health = await fetch(`${url}/health`);
      if (!health.ok) throw new Error(`/health answers ${health.status}`);
      await health.text();
      await ask();
    },
    untilMemoryIsBack: () => untilMemoryIsBack(url, before),
    mistakes() {
      const output = started.output();
      const news = output.slice(seen);
      seen = output.length;
      return news.split('\n').filter((line) => /"level":(5|6)0|unhandled|uncaught/i.test(line));
    },
    async stop() {
      started.signalGroup('SIGTERM');
      await started.ended;
      await tiny.stop();
    },
  };
}
