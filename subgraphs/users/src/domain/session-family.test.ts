import { expect, it } from 'vitest';
import {
  REFRESH_TOKEN_LIFETIME_MS,
  REPEAT_WINDOW_MS,
  decideRefresh,
  refreshExpiry,
} from './session-family.js';

const now = new Date('2026-11-22T12:00:00Z');
const before = new Date(now.getTime() - 1);
const after = new Date(now.getTime() + 1);
const family = { id: 's1', userId: 'u1', revokedAt: null };
const fresh = { expiresAt: after, usedAt: null, successor: null };
const unused = { usedAt: null };
const longAgo = new Date(now.getTime() - REPEAT_WINDOW_MS - 1);
const REUSED = { type: 'revoke-family', reason: 'token reused' };

it.each([
  ['a token that is good', family, fresh, { type: 'rotate' }],
  ['one that expires right now', family, { ...fresh, expiresAt: now }, { type: 'refuse', reason: 'expired' }],
  ['one that was just used', family, { ...fresh, usedAt: before, successor: unused }, { type: 'repeat' }],
  [
    'one that was used a minute ago',
    family,
    { ...fresh, usedAt: new Date(now.getTime() - REPEAT_WINDOW_MS), successor: unused },
    { type: 'repeat' },
  ],
  ['one that was used before', family, { ...fresh, usedAt: longAgo, successor: unused }, REUSED],
  [
    'one that was just used, as was its successor',
    family,
    { ...fresh, usedAt: before, successor: { usedAt: before } },
    REUSED,
  ],
  ['a used one without a successor', family, { ...fresh, usedAt: before }, REUSED],
  ['a used one that has expired since', family, { ...fresh, expiresAt: before, usedAt: longAgo }, REUSED],
  [
    'one of a family that has ended',
    { ...family, revokedAt: before },
    fresh,
    { type: 'refuse', reason: 'revoked' },
  ],
  [
    'a used one of a family that has ended',
    { ...family, revokedAt: before },
    { ...fresh, usedAt: before, successor: unused },
    { type: 'refuse', reason: 'revoked' },
  ],
])('decides on %s', (_what, given, token, decision) => {
  expect(decideRefresh(given, token, now)).toEqual(decision);
});

it('gives a token thirty days', () => {
  expect(refreshExpiry(now).toISOString()).toBe('2026-12-22T12:00:00.000Z');
  expect(REFRESH_TOKEN_LIFETIME_MS).toBe(2_592_000_000);
});
