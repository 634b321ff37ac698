import { cp, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { startShop } from './shop.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** The data folder of a shop that was opened once and closed in order. Copy it, never start in it. */
    seededDataDir: string;
  }
}

/**
 * Opens one shop with the demo data and closes it again, before the first end-to-end test: each test then begins with
 * a copy of its data instead of making databases of its own.
 *
 * @returns what removes it after the last test
 */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'souk-seeded-'));
  const shop = await startShop({ dataDir });
  const code = await shop.stop();
  if (code !== 0) throw new Error(`the shop ended with ${code}:\n${shop.output()}`);
  provide('seededDataDir', dataDir);
  return () => rm(dataDir, { recursive: true, force: true });
}

/** Fills a folder with the data of a shop that was open before. @param seeded `inject('seededDataDir')` */
export const copySeeded = (seeded: string, dataDir: string): Promise<void> =>
  cp(seeded, dataDir, { recursive: true, preserveTimestamps: true });
