import { GraphQLError } from 'graphql';
import { describe, expect, it, vi } from 'vitest';
import { AppError } from './app-error.js';
import { maskError } from './mask.js';

const at = (originalError: Error) =>
  new GraphQLError(originalError.message, { originalError, path: ['order', 'total'] });

describe('maskError', () => {
  it('shows an AppError with its code, details and whether a retry can help', () => {
    const report = vi.fn();
    const masked = maskError(
      at(new AppError('UNAVAILABLE', 'Try again.', { details: { service: 'orders' } })),
      report,
    );
    expect(masked.toJSON()).toEqual({
      message: 'Try again.',
      path: ['order', 'total'],
      extensions: { code: 'UNAVAILABLE', retryable: true, service: 'orders' },
    });
    expect(report).not.toHaveBeenCalled();
  });

  it('shows an error of the request itself, as bad input unless it says otherwise', () => {
    const masked = maskError(new GraphQLError('Cannot query field "x".'), vi.fn());
    expect(masked.toJSON()).toEqual({
      message: 'Cannot query field "x".',
      extensions: { code: 'BAD_USER_INPUT' },
    });
    const coded = maskError(
      new GraphQLError('no', { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }),
      vi.fn(),
    );
    expect(coded.extensions['code']).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  it('hides everything else behind an id that the report carries too', () => {
    const report = vi.fn();
    const cause = new Error('cannot read properties of null, password=hunter2');
    const masked = maskError(at(cause), report);
    const errorId = masked.extensions['errorId'];
    expect(masked.message).toBe(
      `Something went wrong on our side. Quote error id ${String(errorId)} to support.`,
    );
    expect(JSON.stringify(masked)).not.toContain('hunter2');
    expect(report).toHaveBeenCalledExactlyOnceWith({ errorId, error: cause, path: 'order.total' });
  });

  it('says that trying again may help when a database is away, and still hides which', () => {
    const away = Object.assign(new Error('connect ECONNREFUSED 10.0.0.3:5432'), { code: 'ECONNREFUSED' });
    const mongoAway = Object.assign(new Error('10.0.0.3:27017 timed out'), {
      name: 'MongoServerSelectionError',
    });
    for (const cause of [away, mongoAway]) {
      const masked = maskError(at(cause), vi.fn());
      expect(masked.extensions).toMatchObject({ code: 'UNAVAILABLE', retryable: true });
      expect(JSON.stringify(masked)).not.toContain('10.0.0.3');
    }
  });
});
