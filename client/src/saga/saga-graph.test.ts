import { describe, expect, it } from 'vitest';
import type { SagaFieldsFragment } from '@/__generated__/graphql.js';
import { canCompensate, canRetry, columnsOf, toneOfStep } from './saga-graph.js';

const step = (name: string, status: string, compensation: unknown = null) => ({ name, status, compensation });
/** Only what the picture looks at. */
const stepsOf = (...steps: unknown[]) => steps as SagaFieldsFragment['steps'];

describe('the picture of a saga', () => {
  it('has a column a step, with what takes it back below it', () => {
    const back = step('RETURN_SHIPMENT', 'ASKED', step('RECEIVE_RETURN', 'WAITING'));
    const columns = columnsOf(
      stepsOf(
        step('RESERVE_STOCK', 'DONE', step('RELEASE_STOCK', 'WAITING')),
        step('SHIP', 'DONE'),
        step('DELIVER', 'DONE', back),
      ),
    );
    expect(
      columns.map(({ step: { name }, takesBack }) => [name, ...takesBack.map((one) => one.name)]),
    ).toEqual([
      ['RESERVE_STOCK', 'RELEASE_STOCK'],
      ['SHIP'],
      ['DELIVER', 'RETURN_SHIPMENT', 'RECEIVE_RETURN'],
    ]);
  });

  it('colours what needs a person', () => {
    expect(toneOfStep({ status: 'STUCK' })).toBe('danger');
    expect(toneOfStep({ status: 'ASKED' })).toBe('brand');
    expect(toneOfStep({ status: 'WAITING' })).toBe('neutral');
  });

  it('offers what can be done', () => {
    expect([canRetry({ status: 'STUCK' }), canCompensate({ status: 'STUCK' })]).toEqual([true, true]);
    expect([canRetry({ status: 'COMPENSATING' }), canCompensate({ status: 'COMPENSATING' })]).toEqual([
      true,
      false,
    ]);
    expect([canRetry({ status: 'COMPLETE' }), canCompensate({ status: 'COMPLETE' })]).toEqual([false, false]);
  });
});
