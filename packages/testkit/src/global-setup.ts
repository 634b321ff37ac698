import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startEmbeddedPostgres } from '@souk/embedded/postgres';
import type { TestProject } from 'vitest/node';
import { silentLogger } from './logger/silent-logger.js';
import './provided-context.js';

/**
 * Starts the one PostgreSQL server that all integration tests share, or uses the one of `TEST_DATABASE_URL`
 * (a base URL whose user may create databases).
 *
 * @returns what ends it after the last test
 */
export async function setup({ provide }: TestProject): Promise<(() => Promise<void>) | undefined> {
  const given = process.env['TEST_DATABASE_URL'];
  if (given !== undefined && given !== '') {
    provide('postgresUrl', given.replace(/\/$/, ''));
    return undefined;
  }
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'souk-test-postgres-'));
  const server = await startEmbeddedPostgres({ dataDir, logger: silentLogger, durability: 'test' });
  provide('postgresUrl', server.url);
  return async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}
