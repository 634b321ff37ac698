import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type EventSnapshot, incompatibilities, undescribedFields } from '@souk/kit/events';

// `npm run check:events [COMMIT]`: compares the committed descriptions with those of an older commit, so that nobody
// gets around `npm run events` by editing what it compares with. Without a commit: the last one on the main branch that
// this one comes from, or the one before. A field without a description is refused in any case.
const root = path.join(import.meta.dirname, '../../../..');
const FILE = 'schema/events.json';
const git = (...args: readonly string[]): string =>
  execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();

// Written by `npm run events`, as is the older one.
const snapshot = JSON.parse(await readFile(path.join(root, FILE), 'utf8')) as EventSnapshot;
const report = (problems: readonly string[], what: string): void => {
  for (const problem of problems) console.error(`  - ${problem}`);
  console.log(`${Object.keys(snapshot).length} events, ${problems.length} ${what}`);
  if (problems.length > 0) process.exitCode = 1;
};
report(undescribedFields(snapshot), 'fields without a description');

const base = process.argv[2] ?? mainBefore();
const old = base === undefined ? undefined : contentOf(base);
if (old === undefined) console.log(`Nothing to compare ${FILE} with: there is no older one.`);
else report(incompatibilities(JSON.parse(old) as EventSnapshot, snapshot), `incompatible with ${base}`);

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
