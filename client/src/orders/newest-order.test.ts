import { describe, expect, it } from 'vitest';
import { type ShownOrder, newest } from './newest-order.js';

/** Only what the function looks at. */
const order = (version: number, status: string, variant: object | null = { id: 'v' }) =>
  ({ id: 'order-1', version, status, lines: [{ id: 'line-1', variant }] }) as unknown as ShownOrder;

describe('newest', () => {
  it('never goes back', () => {
    const paid = order(3, 'PAID');
    expect(newest(paid, order(2, 'PLACED'))).toBe(paid);
    expect(newest(paid, order(4, 'SHIPPED')).status).toBe('SHIPPED');
  });

  it('shows another order when another is asked for', () => {
    const other = { ...order(1, 'PENDING'), id: 'order-2' };
    expect(newest(order(9, 'COMPLETE'), other)).toBe(other);
  });

  it('keeps what is known of the lines while the catalogue is away', () => {
    const known = order(2, 'PLACED');
    expect(newest(known, order(3, 'PAID', null))).toMatchObject({ status: 'PAID', lines: known.lines });
  });
});
