import type { Random } from '@souk/demo-data/random';
import { sleep } from '@souk/kit/lifecycle';
import type { Diary } from '../facts/told.js';
import {
  ADJUST_STOCK,
  type AdjustStock,
  REFUND_PAYMENT,
  type RefundPayment,
  TRANSITION_ORDER,
} from './documents.js';
import type { GraphClient, Identity } from './graph-client.js';

/** Somebody who works in the shop. */
export interface Staff {
  /** Works until the signal is given. */
  work(signal: AbortSignal): Promise<void>;
  /** Sends whatever is not acknowledged again, until it is. */
  askAgain(): Promise<void>;
}

interface Adjustment {
  readonly variantId: string;
  readonly delta: number;
  readonly idempotencyKey: string;
}

const LAST_ATTEMPTS = 40;

/**
 * @param options.recentOrders orders of this run: some are moved on by hand
 */
export function createStaff(options: {
  readonly run: string;
  readonly random: Random;
  readonly graph: GraphClient;
  readonly diary: Diary;
  readonly identity: Identity;
  readonly variants: readonly string[];
  readonly recentOrders: () => readonly string[];
}): Staff {
  const { run, random, graph, diary, identity, variants, recentOrders } = options;
  const open: Adjustment[] = [];
  let keys = 0;

  /** @returns true once it is known whether it was done */
  const adjust = async (input: Adjustment): Promise<boolean> => {
    const { idempotencyKey: key, variantId, delta } = input;
    const reply = await graph.ask<AdjustStock>(ADJUST_STOCK, { input }, identity);
    if (!reply.answered) {
      diary.note('staff', { kind: 'unanswered', what: 'adjustStock', key, reason: reply.reason });
      return false;
    }
    if (reply.data.adjustStock.stock) diary.note('staff', { kind: 'adjusted', key, variantId, delta });
    return true;
  };
  const restock = async (): Promise<void> => {
    const idempotencyKey = `${run}-stock-${(keys += 1)}`;
    const input = { variantId: random.pick(variants), delta: random.integer(-2, 8) || 1, idempotencyKey };
    // Twice at once, sometimes: it counts once.
    const hands = random.chance(0.3) ? [adjust(input), adjust(input)] : [adjust(input)];
    if (!(await Promise.all(hands)).includes(true)) open.push(input);
  };
  const moveOn = async (): Promise<void> => {
    const orders = recentOrders().slice(-30);
    if (orders.length === 0) return;
    const to = random.pick(['SHIPPED', 'SHIPPED', 'COMPLETE', 'CANCELLED']);
    await graph.ask(TRANSITION_ORDER, { input: { orderId: random.pick(orders), to } }, identity);
  };

  const refund = async (): Promise<void> => {
    const orders = recentOrders().slice(-60);
    if (orders.length === 0) return;
    const orderId = random.pick(orders);
    const key = `${run}-refund-${(keys += 1)}`;
    const amountMinor = random.integer(1, 500);
    const input = { orderId, amountMinor, reason: 'A scratch.', idempotencyKey: key };
    // Before it is asked: whatever becomes of the answer, it may be given back.
    diary.note('staff', { kind: 'refund-asked', orderId, key, amountMinor });
    const reply = await graph.ask<RefundPayment>(REFUND_PAYMENT, { input }, identity);
    if (reply.answered && reply.data.refundPayment.refund) {
      diary.note('staff', { kind: 'refunded', orderId, key, amountMinor });
    }
  };
  const tasks = [restock, restock, moveOn, refund];

  return {
    async work(signal) {
      while (!signal.aborted) {
        await random.pick(tasks)();
        await sleep(random.integer(50, 500), signal);
      }
    },
    async askAgain() {
      for (const input of open) {
        for (let attempt = 0; attempt < LAST_ATTEMPTS && !(await adjust(input)); attempt += 1) {
          await sleep(500);
        }
      }
    },
  };
}
