import { AppError } from '@souk/kit/errors';
import { GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import { failedFetch } from './failed-fetch.js';
import { type Failure, shapeErrors } from './shape-errors.js';
import { type ErrorsOptions, isShownBy } from './shown-errors.js';

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

it.each([
  [{ extensions: { serviceName: 's' } }, 'INTERNAL', false],
  [{ extensions: { serviceName: 's', code: 'DOWNSTREAM_SERVICE_ERROR' } }, 'INTERNAL', false],
  [{ extensions: { serviceName: 's', code: 'OUT_OF_STOCK' } }, 'OUT_OF_STOCK', true],
])('an error without a code of its own was not meant for clients: %j', (options, code, isShown) => {
  const raw = 'duplicate key value violates unique constraint "users_email"';
  const { error, reported } = shape(new GraphQLError(raw, options));
  expect([error?.extensions?.['code'], error?.message === raw]).toEqual([code, isShown]);
  expect(reported).toHaveLength(isShown ? 0 : 1);
});

describe('by choice', () => {
  const raw = (code: string | undefined, service = 'stock') =>
    new GraphQLError('SELECT * FROM users', {
      extensions: { ...(code === undefined ? {} : { code }), service, hint: 'x', stack: 'at y', trace: [] },
    });
  const shown = (error: GraphQLError, options: ErrorsOptions) =>
    shapeErrors({ errors: [error] }, 'r1', () => {}, isShownBy(options)).errors?.[0]?.toJSON();

  it('all are shown, but no stack traces', () => {
    expect(shown(raw(undefined), { show: 'all' })).toEqual({
      message: 'SELECT * FROM users',
      extensions: { service: 'stock', hint: 'x' },
    });
  });

  it('none are: of a code of ours, clients still learn what to do', () => {
    const masked = shown(raw('RATE_LIMITED'), { show: 'none' });
    expect(masked?.message).toMatch(/^Something went wrong on our side/);
    expect(masked?.extensions).toEqual({
      code: 'RATE_LIMITED',
      retryable: true,
      service: 'stock',
      errorId: expect.any(String) as string,
    });
    expect(shown(raw('SQLSTATE_42'), { show: 'none' })?.extensions).toMatchObject({ code: 'INTERNAL' });
  });

  it('those with a code of a list are, and one subgraph may differ', () => {
    const options = { show: ['NOT_FOUND'], subgraphs: { legacy: 'none', ours: 'all' } } as const;
    const isRead = (code: string, service: string) =>
      shown(raw(code, service), options)?.message === 'SELECT * FROM users';
    expect([isRead('NOT_FOUND', 'stock'), isRead('FORBIDDEN', 'stock')]).toEqual([true, false]);
    expect([isRead('NOT_FOUND', 'legacy'), isRead('INTERNAL_SERVER_ERROR', 'ours')]).toEqual([false, true]);
  });

  it('what the gateway says about a subgraph is always shown', () => {
    const [error] = failedFetch('stock', '{ a }', new AppError('TIMEOUT', 'Too slow.'));
    expect(error && shown(error, { show: 'none' })?.message).toBe('Too slow.');
  });
});

it('tells of a thousand equal failures in one line, under one id', () => {
  const reported: Failure[] = [];
  const errors = Array.from(
    { length: 1_000 },
    () => new GraphQLError('boom', { extensions: { service: 's' } }),
  );
  const result = shapeErrors({ errors }, 'r1', (failure) => reported.push(failure));
  expect(reported).toHaveLength(1);
  expect(new Set(result.errors?.map(({ extensions }) => extensions['errorId'])).size).toBe(1);
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
    shape(new GraphQLError('x', { path: ['a', '@', 'b'], extensions: { serviceName: 's', code: 'X' } })).error
      ?.path,
  ).toEqual(['a']);
  expect(
    shape(new GraphQLError('x', { path: ['a', '_entities'], extensions: { serviceName: 's', code: 'X' } }))
      .error?.path,
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
