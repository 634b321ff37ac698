/** How far an order has come, in this order. */
export const STAGES = [
  'RECEIVED',
  'RESERVED',
  'AUTHORIZED',
  'PLACED',
  'PAID',
  'SHIPPED',
  'COMPLETED',
] as const;
export type Stage = (typeof STAGES)[number];
/** How an order may end otherwise. */
export const ENDINGS = ['FAILED', 'CANCELLED', 'RETURNED'] as const;
export type Ending = (typeof ENDINGS)[number];

/** What an event of a type says about an order's way. All else says nothing about it. */
export const STAGE_OF: Readonly<Record<string, Stage | Ending>> = {
  'stock.reserve-requested': 'RECEIVED',
  'stock.reserved': 'RESERVED',
  'payment.authorized': 'AUTHORIZED',
  'order.placed': 'PLACED',
  'order.paid': 'PAID',
  'order.shipped': 'SHIPPED',
  'order.completed': 'COMPLETED',
  'order.failed': 'FAILED',
  'order.cancelled': 'CANCELLED',
  'order.returned': 'RETURNED',
};

/** Everything up to a stage: who was shipped to was received, reserved and so on, heard of or not. */
export const upTo = (stage: Stage): readonly Stage[] => STAGES.slice(0, STAGES.indexOf(stage) + 1);
