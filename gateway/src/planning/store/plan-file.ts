import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { QueryPlan } from '@apollo/query-planner';
import type { Logger } from '@souk/kit/log';
import { isPlan, planFingerprint, type PlanStore } from './plan-store.js';

export interface PlanFileOptions {
  /** Where the file is; one for each supergraph. */
  readonly folder: string;
  readonly supergraphSdl: string;
  readonly logger: Logger;
  /** Most plans in the file; the oldest leave first. @default 1000 */
  readonly limit?: number | undefined;
  /** How long new plans are gathered before they are written together, in milliseconds. @default 500 */
  readonly gatherMs?: number;
}

/** Supergraphs whose plans are kept: a roll-back finds its own. */
const FILES_KEPT = 3;

/**
 * Plans in one file named after all they depend on: the supergraph and the planner's version. It is read once, and
 * replaced as a whole, so that it is never half there; one that cannot be read is written anew.
 *
 * @example openPlanFile({ folder: '.souk/cache', supergraphSdl, logger });
 */
export function openPlanFile(options: PlanFileOptions): PlanStore {
  const { folder, supergraphSdl, logger, limit = 1_000, gatherMs = 500 } = options;
  const name = `plans-${planFingerprint(supergraphSdl)}.json`;
  const file = path.join(folder, name);
  const plans = new Map(Object.entries(read(file)));
  removeOld(folder, name);
  let timer: NodeJS.Timeout | undefined;
  let writing = Promise.resolve();

  const write = async (): Promise<void> => {
    try {
      await mkdir(folder, { recursive: true });
      const next = `${file}.${process.pid}.new`;
      await writeFile(next, JSON.stringify(Object.fromEntries(plans)));
      await rename(next, file);
    } catch (error) {
      logger.warn({ err: error, file }, 'query plans cannot be kept; the next start plans again');
    }
  };
  const flush = (): Promise<void> => {
    if (timer === undefined) return writing;
    clearTimeout(timer);
    timer = undefined;
    writing = writing.then(write);
    return writing;
  };
  return {
    get: (key) => plans.get(key),
    set(key, plan) {
      plans.set(key, plan);
      for (const oldest of plans.keys()) {
        if (plans.size <= limit) break;
        plans.delete(oldest);
      }
      timer ??= setTimeout(() => void flush(), gatherMs).unref();
    },
    flush,
  };
}

/** What is in the file, if it is one of ours; nothing otherwise. */
function read(file: string): Readonly<Record<string, QueryPlan>> {
  try {
    const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof parsed !== 'object' || parsed === null) return {};
    const entries = Object.entries(parsed).filter((entry): entry is [string, QueryPlan] => isPlan(entry[1]));
    return Object.fromEntries(entries);
  } catch {
    return {};
  }
}

function removeOld(folder: string, current: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    const others = readdirSync(folder)
      .filter((name) => /^plans-[0-9a-f]{32}\.json$/.test(name) && name !== current)
      .map((name) => ({ name, at: statSync(path.join(folder, name)).mtimeMs }))
      .sort((left, right) => right.at - left.at);
    for (const { name } of others.slice(FILES_KEPT - 1)) rmSync(path.join(folder, name), { force: true });
  } catch {
    // A folder that cannot be tidied up will say so when it is written to.
  }
}
