import type { OrderEventType, OrderFieldsFragment, OrderStatus } from '@/__generated__/graphql.js';
import { formatDate } from '@/format/format.js';
import { texts } from '@/texts/en.js';

/** The road that an order takes when all goes well. */
export const MILESTONES = ['PLACED', 'PAID', 'SHIPPED', 'COMPLETE'] as const satisfies readonly OrderStatus[];

/** How many milestones are behind; 0 while an order is being placed. */
export function progressOf(status: OrderStatus): number {
  return MILESTONES.findIndex((milestone) => milestone === status) + 1;
}

/** It went another way than hoped for. */
export const isOff = (status: OrderStatus): boolean => status === 'CANCELLED' || status === 'FAILED';

/** Nothing more will happen. */
export const isOver = (status: OrderStatus): boolean => isOff(status) || status === 'COMPLETE';

type Standing = Pick<OrderFieldsFragment, 'status' | 'return'>;
type Challenged = { readonly payment: { readonly challenge: unknown } | null };

/** The same of an order that may be on its way back: that is over when the money is given back. */
export const isSettled = (order: Standing): boolean =>
  isOver(order.status) && (!order.return || order.return.status === 'REFUNDED');

/** Where an order stands, in a sentence. */
export function headlineOf(order: Standing & Challenged): string {
  if (order.return) return texts.order.returnHeadline[order.return.status];
  return order.payment?.challenge ? texts.order.confirmHeadline : texts.order.headline[order.status];
}

type Returnable = Pick<OrderFieldsFragment, 'returnable' | 'returnableUntil' | 'return'>;

/** Until when an order may be sent back, or could have been; nothing before it is delivered, or once that was asked for. */
export function returnNoteOf(order: Returnable): string | undefined {
  if (order.return || order.returnableUntil === null) return undefined;
  const day = formatDate(order.returnableUntil);
  return order.returnable ? texts.order.returnableUntil(day) : texts.order.returnableNoMore(day);
}

/** How a status is coloured. */
export function toneOf(status: OrderStatus): 'neutral' | 'brand' | 'ok' | 'warn' | 'danger' {
  if (isOff(status)) return 'danger';
  if (status === 'COMPLETE') return 'ok';
  return status === 'PENDING' ? 'warn' : 'brand';
}

type Payment = NonNullable<OrderFieldsFragment['payment']>['status'];

/** What to say of the payment. The provider lets go of an amount a moment after the order was called off. */
export function paymentOf({
  status,
  payment,
}: {
  readonly status: OrderStatus;
  readonly payment: { readonly status: Payment } | null;
}): Payment | 'RELEASING' {
  if (isOff(status) && payment?.status === 'AUTHORIZED') return 'RELEASING';
  return payment?.status ?? 'AUTHORIZED';
}

const BAD_NEWS: ReadonlySet<OrderEventType> = new Set([
  'STOCK_REFUSED',
  'PAYMENT_DECLINED',
  'CANCEL_REFUSED',
  'CANCELLED',
  'FAILED',
]);
export const isBadNews = (type: OrderEventType): boolean => BAD_NEWS.has(type);
