#!/usr/bin/env node
// Makes every committed generated file again and fails if one of them changed: what people review is what runs.
import { execFileSync, spawnSync } from 'node:child_process';
import path from 'node:path';

const root = path.join(import.meta.dirname, '../../..');
const generators = [
  { name: 'supergraph and API schema', command: ['npm', 'run', '-s', 'compose'] },
  { name: 'operation manifest', command: ['npm', 'run', '-s', 'codegen'] },
  { name: 'Prisma clients', command: ['npm', 'run', '-s', 'codegen:prisma', '--workspaces', '--if-present'] },
  { name: '.env.example', command: ['npm', 'run', '-s', 'env-example'] },
  { name: 'descriptions of events', command: ['npm', 'run', '-s', 'events'] },
];
const committed = ['schema', 'docs/events.md', 'subgraphs/*/src/store/prisma-client', '.env.example'];

const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8' });
const state = () => git('status', '--porcelain', '--', ...committed) + git('diff', '--', ...committed);

const before = state();
for (const { name, command } of generators) {
  console.log(`making ${name} again`);
  const run = spawnSync(command[0], command.slice(1), { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  if (run.status !== 0) {
    console.error(`${command.join(' ')} failed: run it by itself to see why.`);
    process.exit(1);
  }
}
if (state() !== before) {
  console.error(git('status', '--short', '--', ...committed));
  console.error('Generated files differ from what is committed. Commit what the generators made.');
  process.exit(1);
}
