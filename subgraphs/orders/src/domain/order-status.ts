/** Where an order stands. */
export type OrderStatus = 'PENDING' | 'PLACED' | 'PAID' | 'SHIPPED' | 'COMPLETE' | 'CANCELLED' | 'FAILED';

/** What each state may be moved to by hand. PENDING leaves by the outcome of stock and payment, or by a cancellation. */
const TRANSITIONS: Readonly<Record<OrderStatus, readonly OrderStatus[]>> = {
  PENDING: ['CANCELLED'],
  PLACED: ['PAID', 'CANCELLED'],
  PAID: ['SHIPPED', 'CANCELLED'],
  SHIPPED: ['COMPLETE'],
  COMPLETE: [],
  CANCELLED: [],
  FAILED: [],
};

/** How far along a state is. What a client sees never goes to a lower rank. */
export const STATUS_RANK: Readonly<Record<OrderStatus, number>> = {
  PENDING: 0,
  PLACED: 1,
  PAID: 2,
  SHIPPED: 3,
  COMPLETE: 4,
  CANCELLED: 5,
  FAILED: 5,
};

/** States that `transitionOrder` accepts now. */
export const availableTransitions = (status: OrderStatus): readonly OrderStatus[] => TRANSITIONS[status];

/** True while the order may still be called off: until the parcel leaves. */
export const isCancellable = (status: OrderStatus): boolean => TRANSITIONS[status].includes('CANCELLED');

/** True for an order that was called off or could not be placed: whatever it holds elsewhere must be let go. */
export const isUndone = (status: OrderStatus): boolean => status === 'CANCELLED' || status === 'FAILED';
