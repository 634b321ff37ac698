/** Where an order stands. */
export type OrderStatus = 'PENDING' | 'PLACED' | 'PAID' | 'SHIPPED' | 'COMPLETE' | 'CANCELLED' | 'FAILED';

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

/** What of an order decides where it may be moved to by hand. */
export interface Standing {
  readonly status: OrderStatus;
  /** True once a carrier has the parcel in its plans. */
  readonly scheduled: boolean;
  /** Whether the shipment was asked to be called off, and was not. */
  readonly cancellation: 'NONE' | 'ASKED' | 'REFUSED';
}

/**
 * States that `transitionOrder` accepts now. Everything else comes by itself: PLACED and PAID by the answers of
 * inventory and payments.
 */
export function availableTransitions({ status, scheduled, cancellation }: Standing): readonly OrderStatus[] {
  switch (status) {
    case 'PENDING':
    case 'PLACED':
      return ['CANCELLED'];
    case 'PAID':
      if (cancellation === 'ASKED') return [];
      return [
        ...(scheduled ? (['SHIPPED'] as const) : []),
        ...(cancellation === 'NONE' ? (['CANCELLED'] as const) : []),
      ];
    case 'SHIPPED':
      return ['COMPLETE'];
    case 'COMPLETE':
    case 'CANCELLED':
    case 'FAILED':
      return [];
  }
}

/** True while the order may still be called off: until the parcel leaves. */
export const isCancellable = (standing: Standing): boolean =>
  availableTransitions(standing).includes('CANCELLED');

/** True for an order that was called off or could not be placed: whatever it holds elsewhere must be let go. */
export const isUndone = (status: OrderStatus): boolean => status === 'CANCELLED' || status === 'FAILED';

/** True once the parcel is out of the house: then an order is not undone because a step before it went wrong. */
export const hasLeft = (status: OrderStatus): boolean => status === 'SHIPPED' || status === 'COMPLETE';
