import { AppError } from '@souk/kit/errors';
import { GraphQLError } from 'graphql';
import { expect, it } from 'vitest';
import { failedFetch } from './failed-fetch.js';
import { type Failure, shapeErrors } from './shape-errors.js';

const shape = (error: unknown) => {
  const reported: Failure[] = [];
  const { errors } = shapeErrors({ data: { a: null }, errors: [error] }, 'r1', (failure) =>
    reported.push(failure),
  );
  return { error: errors?.[0]?.toJSON(), reported };
};

it('keeps what a subgraph means to say and drops what it only knows', () => {
  const { error, reported } = shape(
    new GraphQLError('Out of reach', {
      path: ['a', 0, 'b'],
      extensions: {
        code: 'FORBIDDEN',
        serviceName: 'stock',
        stacktrace: ['at x'],
        exception: {},
        hint: 'ask staff',
      },
    }),
  );
  expect(error).toEqual({
    message: 'Out of reach',
    path: ['a', 0, 'b'],
    extensions: { code: 'FORBIDDEN', service: 'stock', hint: 'ask staff' },
  });
  expect(reported).toEqual([]);
});

it("masks the message of a foreign subgraph's internal error, and logs it", () => {
  const { error, reported } = shape(
    new GraphQLError('connect ECONNREFUSED db', {
      extensions: { code: 'INTERNAL_SERVER_ERROR', serviceName: 'stock' },
    }),
  );
  expect(error?.message).toMatch(/^Something went wrong on our side/);
  expect(error?.extensions).toMatchObject({ code: 'INTERNAL', service: 'stock' });
  expect(reported).toMatchObject([{ requestId: 'r1', error: { message: 'connect ECONNREFUSED db' } }]);
});

it('masks whatever else was thrown', () => {
  for (const thrown of [new TypeError('x is undefined'), 'text']) {
    const { error, reported } = shape(thrown);
    expect([error?.extensions?.['code'], reported.length]).toEqual(['INTERNAL', 1]);
    expect(error?.message).not.toContain('undefined');
  }
});

it('ends a path where the plan no longer means one place', () => {
  expect(
    shape(new GraphQLError('x', { path: ['a', '@', 'b'], extensions: { serviceName: 's' } })).error?.path,
  ).toEqual(['a']);
  expect(
    shape(new GraphQLError('x', { path: ['a', '_entities'], extensions: { serviceName: 's' } })).error?.path,
  ).toEqual(['a']);
});

it('tells of a fetch that got no answer at each root field it was for', () => {
  const errors = failedFetch('stock', 'query Q { a b: c { d } }', new AppError('TIMEOUT', 'Too slow.'));
  expect(errors.map(({ path, message }) => [path, message])).toEqual([
    [['a'], 'Too slow.'],
    [['b'], 'Too slow.'],
  ]);
  expect(
    failedFetch(
      'stock',
      'query($r: [_Any!]!) { _entities(representations: $r) { __typename } }',
      new Error('x'),
    ),
  ).toMatchObject([{ path: [], extensions: { code: 'UNAVAILABLE', retryable: true, service: 'stock' } }]);
});
