import { type MovedItem, advance } from '../domain/advance.js';
import { receive } from '../domain/receive.js';
import { type AnsweredReservation, type Reservation, isUnderWay } from '../domain/reservation.js';
import type { StockCommand } from '../domain/stock-command.js';
import { withoutStepsOf } from '../domain/stock-item.js';
import { reservationAnswer, stockChanged } from '../events/published.js';
import type { ReservationChange } from '../store/reservations.js';
import type { ItemChange } from '../store/stock-items.js';
import type { CommandDeps } from './deps.js';
import { untilWritten } from './until-written.js';

/**
 * Obeys a batch of commands, all orders together: a few round trips for two hundred orders. Safe to repeat after a
 * crash at any point, and safe to run in several processes at once.
 *
 * 1. Each order's reservation takes down what is meant (`reserving`, `releasing` ...).
 * 2. Items, then reservations are read, all is decided in memory, and the items are written, each guarded by its version.
 * 3. Each reservation comes to rest, with its answer in the same write.
 */
export async function applyStockCommands(
  deps: CommandDeps,
  commands: readonly StockCommand[],
): Promise<void> {
  for (const wave of wavesOf(commands)) {
    const meant = (await untilWritten(() => intend(deps, wave))).filter(isUnderWay);
    if (meant.length > 0) await untilWritten(() => bringToRest(deps, meant));
  }
}

/** Splits commands so that each order stands at most once in a wave, in its order. */
function wavesOf(commands: readonly StockCommand[]): StockCommand[][] {
  const waves: StockCommand[][] = [];
  const seen = new Map<string, number>();
  for (const command of commands) {
    const number = seen.get(command.orderId) ?? 0;
    seen.set(command.orderId, number + 1);
    (waves[number] ??= []).push(command);
  }
  return waves;
}

async function intend(
  deps: CommandDeps,
  commands: readonly StockCommand[],
): Promise<readonly Reservation[] | undefined> {
  const { store, clock, keepMs } = deps;
  const found = await store.reservations.find(commands.map(({ orderId }) => orderId));
  const current = new Map(found.map((reservation) => [reservation.orderId, reservation]));
  const now = clock();
  const keepUntil = Number.isFinite(keepMs) ? new Date(now.getTime() + keepMs) : null;
  const received = commands.map((command) =>
    receive(command, current.get(command.orderId), { now, keepUntil }),
  );
  const changes = received.map((one) => toReservationChange(deps, one));
  const added = changes.filter(({ reservation }) => !current.has(reservation.orderId));
  const changed = changes.filter(({ reservation }) => {
    const before = current.get(reservation.orderId);
    return before !== undefined && before !== reservation;
  });
  if (!(await store.reservations.insert(added, now))) return undefined;
  if (!(await store.reservations.update(changed, now))) return undefined;
  if (changes.some(({ event }) => event)) deps.onPublished();
  return received.map(({ reservation }) => reservation);
}

/** @param meant reservations under way: their lines never change, their states are read again */
async function bringToRest(deps: CommandDeps, meant: readonly Reservation[]): Promise<true | undefined> {
  const { store, clock } = deps;
  const orderIds = meant.map(({ orderId }) => orderId);
  const variantIds = meant.flatMap(({ lines }) => lines.map(({ variantId }) => variantId));
  // Items before reservations: `advance` stands on that.
  const items = await store.items.find([...new Set(variantIds)]);
  const remembered = items.flatMap((item) => item.steps.map((step) => step.orderId));
  const reservations = await store.reservations.find([...new Set([...orderIds, ...remembered])]);
  const byId = new Map(reservations.map((reservation) => [reservation.orderId, reservation]));
  const underWay = orderIds.flatMap((orderId) => byId.get(orderId) ?? []).filter(isUnderWay);
  if (underWay.length === 0) return true;

  const { undone, items: changed, finished } = advance(underWay, items);
  // A reservation that is not there any more was at rest for so long that it was forgotten.
  const atRest = new Set(
    remembered.filter((orderId) => {
      const reservation = byId.get(orderId);
      return reservation === undefined || !isUnderWay(reservation);
    }),
  );
  const now = clock();
  const undoing = undone.map((reservation) => ({ reservation }));
  if (!(await store.reservations.update(undoing, now))) return undefined;
  const changes = changed.map((moved) => toItemChange(deps, moved, atRest, byId));
  if (!(await store.items.write(changes, now))) return undefined;
  const answers = finished.map((one) => toReservationChange(deps, one));
  const written = await store.reservations.update(answers, now);
  deps.onPublished();
  return written || undefined;
}

const toReservationChange = (
  deps: CommandDeps,
  { reservation, answer }: AnsweredReservation,
): ReservationChange =>
  answer ? { reservation, event: reservationAnswer(deps, reservation, answer) } : { reservation };

/** Units that move are told to everybody; a note in the item's memory is not. */
function toItemChange(
  deps: CommandDeps,
  { item: changed, movements }: MovedItem,
  atRest: ReadonlySet<string>,
  reservations: ReadonlyMap<string, Reservation>,
): ItemChange {
  const item = withoutStepsOf(changed, atRest);
  const [first] = movements;
  if (!first) return { item, event: undefined };
  const cause = 'orderId' in first ? reservations.get(first.orderId) : undefined;
  const next = { ...item, version: item.version + 1 };
  return { item, event: stockChanged(deps, next, movements, cause?.correlationId) };
}
