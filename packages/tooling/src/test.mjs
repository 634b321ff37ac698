#!/usr/bin/env node
// `npm test`: every runner, one after the other, then one line that sums them up. Arguments go to vitest.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { notCovered } from './not-covered.mjs';

const root = path.join(import.meta.dirname, '../../..');
const reports = mkdtempSync(path.join(tmpdir(), 'souk-test-'));
const projects = ['unit', 'client', 'int', 'e2e'];
const totals = { passed: 0, failed: 0, skipped: 0 };
let broken = false;

for (const project of projects) {
  console.log(`\n== ${project}`);
  const report = path.join(reports, `${project}.json`);
  const run = spawnSync(
    process.execPath,
    [
      path.join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--config',
      'tests/vitest.config.ts',
      '--project',
      project,
      '--passWithNoTests',
      // Tests wait more than they compute; vitest's default would be one worker on two cores.
      '--maxWorkers=2',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...process.argv.slice(2),
    ],
    { cwd: root, stdio: 'inherit' },
  );
  if (existsSync(report)) {
    const result = JSON.parse(readFileSync(report, 'utf8'));
    totals.passed += result.numPassedTests;
    totals.failed += result.numFailedTests;
    totals.skipped += result.numPendingTests + result.numTodoTests;
    // A suite that cannot even be loaded fails no test: count it, or a broken file would go unnoticed.
    totals.failed += result.testResults.filter(
      (file) => file.status === 'failed' && file.assertionResults.length === 0,
    ).length;
  }
  if (run.status !== 0) broken = true;
}
rmSync(reports, { recursive: true, force: true });
if (broken && totals.failed === 0) totals.failed = 1;
const gaps = notCovered();
if (gaps.length > 0) console.log(`\nNot covered on this machine: ${gaps.join('; ')}.`);
console.log(`\n${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exit(broken ? 1 : 0);
