import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KEY_POLICY, type ScheduledKey, nextKeyStart, retiredKeys, signingKeyAt } from './key-schedule.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const start = new Date('2026-01-01T00:00:00Z');
const after = (ms: number): Date => new Date(start.getTime() + ms);
const first: ScheduledKey = { kid: 'first', signsFrom: start };
const second: ScheduledKey = { kid: 'second', signsFrom: after(30 * DAY) };

describe('the schedule', () => {
  it('starts the very first key at once', () => {
    expect(nextKeyStart([], start)).toEqual(start);
  });
  it('publishes the next key a day before the month is over', () => {
    expect(nextKeyStart([first], after(29 * DAY - 1))).toBeUndefined();
    expect(nextKeyStart([first], after(29 * DAY))).toEqual(after(30 * DAY));
    expect(nextKeyStart([first, second], after(29 * DAY))).toBeUndefined();
  });
  it('publishes for a day also after a long pause, while the old key goes on', () => {
    expect(nextKeyStart([first], after(100 * DAY))).toEqual(after(101 * DAY));
    expect(signingKeyAt([first], after(100 * DAY))).toBe(first);
  });
  it('signs with the latest key whose time has come', () => {
    const keys = [second, first];
    expect(signingKeyAt(keys, after(-1))).toBeUndefined();
    expect(signingKeyAt(keys, after(30 * DAY - 1))).toBe(first);
    expect(signingKeyAt(keys, after(30 * DAY))).toBe(second);
  });
  it('retires a key when its last token has expired', () => {
    expect(retiredKeys([first, second], after(30 * DAY + 20 * MINUTE - 1))).toEqual([]);
    expect(retiredKeys([first, second], after(30 * DAY + 20 * MINUTE))).toEqual(['first']);
    expect(retiredKeys([first], after(1000 * DAY))).toEqual([]);
  });
});

it('whatever the pauses: every token stays verifiable, and no key signs that was not published for a day', () => {
  const TOKEN_MS = 15 * MINUTE;
  const pauses = fc.array(fc.integer({ min: 1, max: 50 * 24 * 60 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(pauses, (minutes) => {
      let now = start.getTime();
      let keys: (ScheduledKey & { publishedAt: number })[] = [];
      let lastToken: { kid: string; expires: number } | undefined;
      for (const pause of minutes) {
        now += pause * MINUTE;
        const instant = new Date(now);
        if (lastToken && lastToken.expires > now) {
          expect(keys.map(({ kid }) => kid)).toContain(lastToken.kid);
        }
        const retired = retiredKeys(keys, instant);
        const next = nextKeyStart(keys, instant);
        const added = next ? [{ kid: String(now), signsFrom: next, publishedAt: now }] : [];
        keys = [...keys.filter(({ kid }) => !retired.includes(kid)), ...added];
        const signer = signingKeyAt(keys, instant);
        expect(signer).toBeDefined();
        if (!signer) return;
        const isFirst = signer.signsFrom.getTime() === signer.publishedAt;
        expect(isFirst || now - signer.publishedAt >= KEY_POLICY.publishAheadMs).toBe(true);
        lastToken = { kid: signer.kid, expires: now + TOKEN_MS };
      }
    }),
  );
});
