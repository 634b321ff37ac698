import { describe, expect, it } from 'vitest';
import { attemptFor } from './attempt.js';

describe('attemptFor', () => {
  const keys = () => {
    let next = 0;
    return () => `key-${++next}`;
  };

  it('keeps its key as long as the same is asked for', () => {
    const makeKey = keys();
    const first = attemptFor({ card: 'a', lines: ['x'] }, undefined, makeKey);
    expect(attemptFor({ card: 'a', lines: ['x'] }, first, makeKey)).toBe(first);
  });

  it('takes a new key for another card, and after an answer', () => {
    const makeKey = keys();
    const first = attemptFor({ card: 'a' }, undefined, makeKey);
    expect(attemptFor({ card: 'b' }, first, makeKey).key).toBe('key-2');
    expect(attemptFor({ card: 'a' }, undefined, makeKey).key).toBe('key-3');
  });
});
