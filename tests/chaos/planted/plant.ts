import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ProcessPlan } from '@souk/cli/split';
import type { PlantedBug } from './bugs.js';

/**
 * Makes processes of a service start with a bug in it.
 *
 * @returns the process with the bug, or any other process as it is
 */
export const plant =
  ({ service, edits }: PlantedBug) =>
  (plan: ProcessPlan): ProcessPlan => {
    if (plan.name !== service) return plan;
    // The suite itself runs from one file elsewhere; its working folder is the repository.
    const preload = pathToFileURL(path.resolve('tests/chaos/planted/preload.mjs')).href;
    const env = {
      ...plan.env,
      NODE_OPTIONS: `--import ${preload}`,
      SOUK_PLANTED_BUG: JSON.stringify(edits),
    };
    return { ...plan, env };
  };
