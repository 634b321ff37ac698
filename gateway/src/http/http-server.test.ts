import { expect, it } from 'vitest';
import { createHttpServer } from './http-server.js';

it('cuts slow requests within 35 seconds unless it is told otherwise', () => {
  const { headersTimeout, requestTimeout } = createHttpServer(() => {});
  // The check for slow ones runs every two seconds, and Node has no property that says so.
  expect(Math.max(headersTimeout, requestTimeout) + 2_000).toBeLessThanOrEqual(35_000);
});

it('never waits for headers longer than for the whole request', () => {
  const server = createHttpServer(() => {}, { headersTimeoutMs: 30_000, requestTimeoutMs: 5_000 });
  expect([server.headersTimeout, server.requestTimeout]).toEqual([5_000, 5_000]);
});
