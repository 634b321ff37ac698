import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { codeDigest } from './code-digest.js';

it('is another one for other code, wherever it stands, and the same for other tests', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'souk-code-'));
  try {
    const write = (file: string, text: string): void => writeFileSync(path.join(folder, file), text);
    mkdirSync(path.join(folder, 'below'));
    write('planner.js', 'plan()');
    write('below/steps.js', 'mend()');
    const digests = [codeDigest(folder)];
    for (const change of [
      () => write('planner.js', 'plan(1)'),
      () => write('below/steps.js', 'mend(1)'),
      () => renameSync(path.join(folder, 'planner.js'), path.join(folder, 'plans.js')),
    ]) {
      change();
      digests.push(codeDigest(folder));
    }
    expect(new Set(digests).size).toBe(digests.length);
    write('planner.int.test.js', 'it()');
    write('plans.js.map', '{}');
    expect(codeDigest(folder)).toBe(digests.at(-1));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
