import type { DomainEvent } from '@souk/kit/events';
import { type SqlExecutor, appendEvents } from '@souk/kit/postgres';
import { type Effect, applyCommand } from '../domain/apply-command.js';
import type { OrderMessage } from '../domain/messages.js';
import type { OrderCommand } from '../domain/order-command.js';
import { published as catalogue } from '../events/published.js';
import { type Work, lockOrders } from './lock-orders.js';
import { writeOrders } from './write-orders.js';

/** A command and the order it is for. */
export interface OrderTask {
  readonly orderId: string;
  readonly command: OrderCommand;
}

/** What happens outside the order itself: the time, and ids for events. */
export interface Surroundings {
  readonly clock: () => Date;
  readonly newId: () => string;
}

/**
 * Applies commands to any number of orders in the caller's transaction: locks the orders, lets the domain decide,
 * and writes the effects down.
 *
 * @returns the effect of each task, in the order of the tasks; undefined where there is no such order
 */
export async function applyCommands(
  sql: SqlExecutor,
  tasks: readonly OrderTask[],
  { clock, newId }: Surroundings,
): Promise<(Effect | undefined)[]> {
  const works = await lockOrders(sql, [...new Set(tasks.map(({ orderId }) => orderId))]);
  const at = clock();
  const effects = tasks.map(({ orderId, command }) => {
    const work = works.get(orderId);
    return work && take(work, command, at);
  });
  const touched = [...works.values()].filter(
    ({ timeline, saga, messages }) => timeline.length + saga.length + messages.length > 0,
  );
  await writeOrders(sql, touched, at);
  await appendEvents(
    sql,
    touched.flatMap((work) => toEvents(work, at, newId)),
  );
  return effects;
}

function take(work: Work, command: OrderCommand, at: Date): Effect {
  const effect = applyCommand(command, { order: work.order, facts: work.facts, at });
  if (effect.accepted) {
    work.order = effect.order;
    work.timeline.push(...effect.timeline);
    work.saga.push(...effect.saga);
    work.messages.push(...effect.messages);
  }
  return effect;
}

/** Messages as events: each one a version of its own, because one change may need several. */
export const toEvents = (
  {
    facts,
    published,
    messages,
  }: Pick<Work, 'facts' | 'published'> & { readonly messages: readonly OrderMessage[] },
  at: Date,
  newId: () => string,
): DomainEvent[] =>
  messages.map(({ type, payload }, index) => ({
    id: newId(),
    type,
    source: catalogue.source,
    aggregateId: facts.orderId,
    version: published + index + 1,
    occurredAt: at.toISOString(),
    correlationId: facts.orderId,
    payload,
  }));
