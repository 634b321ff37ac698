import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that run for a minute or so and more, the longest first. */
const SLOWEST = [
  'tests/e2e/browser.e2e.test.ts',
  'tests/start/recovery.e2e.test.ts',
  'tests/start/signals.e2e.test.ts',
  'tests/e2e/backup.e2e.test.ts',
  'tests/e2e/buying.e2e.test.ts',
  'tests/start/refusals.e2e.test.ts',
  'tests/servers/real-servers.e2e.test.ts',
];

/**
 * Begins with the files that take longest, so that no worker is left with one of them while the others have nothing
 * to do. What vitest knows on a fresh checkout are only their sizes.
 */
export class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => rank(one) - rank(other));
  }
}

/** Place in the list; all others come after it, in the order in which they are. */
function rank({ moduleId }: TestSpecification): number {
  const place = SLOWEST.findIndex((file) => moduleId.endsWith(`/${file}`));
  return place === -1 ? SLOWEST.length : place;
}
