import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { RULES } from '../checker/check.js';
import { PLANTED_BUGS, bugNamed } from './bugs.js';

const root = path.join(import.meta.dirname, '../../..');

describe.each(PLANTED_BUGS)('the bug $name', ({ edits, caughtBy }) => {
  test('fits the code as it is built', async () => {
    for (const { file, find } of edits) expect(await readFile(path.join(root, file), 'utf8')).toContain(find);
  });
  test('is to be caught by a rule that exists', () => {
    expect(RULES.map(({ name }) => name)).toContain(caughtBy);
  });
});

test('a bug that does not exist is refused with those that do', () => {
  expect(() => bugNamed('nothing')).toThrow('only skip-inbox, forget-release, double-capture.');
});
