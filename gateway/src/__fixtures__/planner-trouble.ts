import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Plans like the gateway's own, but for operations of certain names: see there. */
export const TROUBLED_PLANNER = new URL('./troubled-planner.mjs', import.meta.url);

/** A file that is not there until it is given, named so that it fits into an operation's name. */
export interface Sign {
  readonly name: string;
  give(): void;
}

/** Signs to the troubled planner; `remove` takes all of them away. */
export function createSigns(): { next(): Sign; remove(): void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'soukplanner'));
  let serial = 0;
  return {
    next() {
      const file = `sign${(serial += 1)}`;
      return {
        name: `${path.basename(folder)}_${file}`,
        give: () => writeFileSync(path.join(folder, file), ''),
      };
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}
