import { CombinedError } from '@urql/vue';
import { expect, it } from 'vitest';
import { errorsOf, messageFor, refusalOf } from './field-errors.js';

const offline = new CombinedError({ networkError: new TypeError('Failed to fetch') });

it('puts a refusal beside the field that it speaks of', () => {
  const errors = errorsOf(
    {
      errors: [
        { message: 'Taken.', path: ['input', 'email'] },
        { message: 'No.', path: [] },
      ],
    },
    undefined,
  );
  expect([messageFor(errors, 'email'), messageFor(errors, ''), messageFor(errors, 'name')]).toEqual([
    'Taken.',
    'No.',
    undefined,
  ]);
});

it('says of a request that failed as a whole why, and nothing of one that is done', () => {
  expect(errorsOf(undefined, offline)).toEqual([
    { field: '', message: expect.stringMatching(/offline/) as string },
  ]);
  expect(refusalOf(null, undefined)).toMatch(/went wrong on our side/);
  expect(refusalOf({ errors: [{ message: 'Too late.', path: [] }] }, undefined)).toBe('Too late.');
  expect(refusalOf({ errors: [] }, undefined)).toBeUndefined();
});
