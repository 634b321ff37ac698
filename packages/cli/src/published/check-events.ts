import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type EventSnapshot, incompatibilities } from '@souk/kit/events';

// `npm run check:events [COMMIT]`: compares the committed descriptions with those of an older commit, so that nobody
// gets around `npm run events` by editing what it compares with. Without a commit: the last one on the main branch that
// this one comes from, or the one before.
const root = path.join(import.meta.dirname, '../../../..');
const FILE = 'schema/events.json';
const git = (...args: readonly string[]): string =>
  execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();

const base = process.argv[2] ?? mainBefore();
const old = base === undefined ? undefined : contentOf(base);
if (old === undefined) {
  console.log(`Nothing to compare ${FILE} with: there is no older one.`);
} else {
  // Both were written by `npm run events`.
  const before = JSON.parse(old) as EventSnapshot;
  const after = JSON.parse(await readFile(path.join(root, FILE), 'utf8')) as EventSnapshot;
  const problems = incompatibilities(before, after);
  for (const problem of problems) console.error(`  - ${problem}`);
  console.log(`${Object.keys(after).length} events, ${problems.length} incompatible with ${base}`);
  process.exitCode = problems.length > 0 ? 1 : 0;
}

function mainBefore(): string | undefined {
  const head = attempt(() => git('rev-parse', 'HEAD'));
  const fork = attempt(() => git('merge-base', 'HEAD', 'origin/main'));
  return fork !== undefined && fork !== head ? fork : attempt(() => git('rev-parse', 'HEAD^'));
}

function contentOf(commit: string): string | undefined {
  return attempt(() => git('show', `${commit}:${FILE}`));
}

function attempt(work: () => string): string | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
