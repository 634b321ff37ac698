import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { order, placed, pushed, told } from '../checker/__fixtures__/sound-facts.js';
import { RULES } from '../checker/check.js';
import { PLANTED_BUGS, bugNamed, hadItsChance } from './bugs.js';

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
  expect(() => bugNamed('nothing')).toThrow(
    'only skip-inbox, forget-release, double-capture, double-refund, two-drivers.',
  );
});

test('a bug had its chance once five orders have met it', () => {
  const ids = ['a', 'b', 'c', 'd', 'e'];
  const refused = (code: string) => ids.map((key) => told('buyer', { kind: 'refused', key, code }));
  const meetings = {
    'skip-inbox': ids.map((id) => placed(order(id, 'PLACED'))),
    'forget-release': refused('PAYMENT_DECLINED'),
    'double-capture': ids.map((id) => pushed(id, 'PAID', 4)),
    'double-refund': ids.map((id) =>
      told('staff', { kind: 'refunded', orderId: id, key: id, amountMinor: 100 }),
    ),
    'two-drivers': ids.map((id) => placed(order(id, 'PENDING'), { status: 'PENDING' })),
  };
  for (const bug of PLANTED_BUGS) {
    const met = Object.entries(meetings).filter(([, entries]) => hadItsChance(bug, entries));
    // Any placement is one for skip-inbox.
    const others = bug.name === 'skip-inbox' ? ['two-drivers'] : [];
    expect(met.map(([name]) => name)).toEqual([bug.name, ...others]);
  }
  const [skipInbox] = PLANTED_BUGS;
  const once = meetings['skip-inbox'].slice(1);
  // The same order told of again is no other one.
  expect(skipInbox && hadItsChance(skipInbox, [...once, ...once])).toBe(false);
  expect(hadItsChance(bugNamed('forget-release'), refused('OUT_OF_STOCK'))).toBe(false);
});
