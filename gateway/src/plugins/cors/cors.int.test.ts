import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningGateway, startGateway } from '../../__fixtures__/start-gateway.js';
import { createTinyShop } from '../../__fixtures__/tiny-shop.js';

let running: RunningGateway;
beforeAll(async () => {
  running = await startGateway(createTinyShop().apps, {
    options: { cors: { origins: ['https://friend.test'] } },
  });
});
afterAll(() => running.stop());

const preflight = (origin: string) =>
  fetch(`${running.url}/graphql`, {
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'POST' },
  });

it('lets listed origins ask, and tells others nothing', async () => {
  const friend = await preflight('https://friend.test');
  expect([friend.status, friend.headers.get('access-control-allow-origin')]).toEqual([
    204,
    'https://friend.test',
  ]);
  expect(friend.headers.get('access-control-allow-headers')).toContain('authorization');
  const stranger = await preflight('https://evil.test');
  expect(stranger.headers.get('access-control-allow-origin')).toBeNull();
  expect(friend.headers.get('vary')).toContain('origin');
});

it('marks answers with the headers browsers heed, and with a request id', async () => {
  const { headers } = await running.ask('{ __typename }', {
    headers: { 'x-request-id': 'chosen-by-caller' },
  });
  expect(headers.get('x-request-id')).toBe('chosen-by-caller');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('x-powered-by')).toBeNull();
  const insane = await running.ask('{ __typename }', { headers: { 'x-request-id': 'a b"<script>' } });
  expect(insane.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
});
