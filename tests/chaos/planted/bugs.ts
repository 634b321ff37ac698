import type { Told } from '../facts/told.js';
import type { FaultKind } from '../nemesis/fault.js';

/** A mistake that somebody could make, and the promise that then is broken. */
export interface PlantedBug {
  readonly name: string;
  readonly service: string;
  /** What becomes of the service's built modules. */
  readonly edits: readonly Edit[];
  /** Done to the service's database once the shop runs, to take away what would stop the bug. @default nothing */
  readonly statement?: string;
  /** The rule that has to catch it. */
  readonly caughtBy: string;
  /** The order or key by whose fate something was told that only goes through the bug; undefined for anything else. */
  readonly metBy: (told: Told) => string | undefined;
  /** How many orders have to meet it. @default 5: not each of them shows it */
  readonly chances?: number;
  /** The fault without which it hardly ever shows: it comes first. @default any */
  readonly provokedBy?: FaultKind;
}

/** A piece of a module's text, and what stands there instead. */
export interface Edit {
  /** The module's path in the repository. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

const UNITS = "each order's units are held once, and sold or given back once";

export const PLANTED_BUGS: readonly PlantedBug[] = [
  {
    // Inventory keeps its inbox in the documents that it changes: it forgets that it has seen an order. And whatever
    // comes comes twice, which everybody has to bear with.
    name: 'skip-inbox',
    service: 'inventory',
    edits: [
      {
        file: '/packages/kit/dist/mongo/consumer.js',
        find: 'await handle(events);',
        replace: 'await handle(events).then(() => handle(events));',
      },
      {
        file: '/subgraphs/inventory/dist/domain/receive.js',
        find: 'if (current) return { reservation: current };',
        replace:
          'if (current) return { reservation: current.state === "reserved" ? inState(current, { state: "reserving" }) : current };',
      },
      {
        file: '/subgraphs/inventory/dist/domain/advance.js',
        find: 'stepOf(place.item, orderId) === step',
        replace: 'stepOf(place.item, orderId) === step && step !== "held"',
      },
    ],
    caughtBy: UNITS,
    // Whoever holds an order had units reserved.
    metBy: (told) => (told.kind === 'placed' ? told.orderId : undefined),
  },
  {
    // An order is called off, and inventory says so; its units stay promised.
    name: 'forget-release',
    service: 'inventory',
    edits: [
      {
        file: '/subgraphs/inventory/dist/domain/stock.js',
        find: 'available: available + quantity, reserved: reserved - quantity',
        replace: 'available, reserved',
      },
    ],
    caughtBy: 'stock movements are those of orders and adjustments, each once',
    // Stock is reserved before the card is asked.
    metBy: (told) => (told.kind === 'refused' && told.code === 'PAYMENT_DECLINED' ? told.key : undefined),
  },
  {
    // A call that is made again takes the money again, at a provider that lets itself be asked twice.
    name: 'double-capture',
    service: 'payments',
    edits: [
      {
        file: '/subgraphs/payments/dist/provider/perform.js',
        find: 'const answer = await provider.capture(call);',
        replace:
          'const answer = await provider.capture(call); await provider.capture({ ...call, idempotencyKey: `${call.idempotencyKey}:again` });',
      },
      {
        file: '/subgraphs/payments/dist/provider/sandbox/post.js',
        find: 'return standing === "HELD" &&',
        replace: 'return (standing === "HELD" || standing === "CAPTURED") &&',
      },
    ],
    statement: 'DROP INDEX sandbox.one_capture_an_order',
    caughtBy: 'captured is the total exactly once, or fully reversed',
    metBy: (told) => (told.kind === 'pushed' && told.status === 'PAID' ? told.orderId : undefined),
  },
  {
    // A refund that is asked for again is another one: more is given back than anybody asked for.
    name: 'double-refund',
    service: 'payments',
    edits: [
      {
        file: '/subgraphs/payments/dist/provider/perform.js',
        find: 'case "REFUNDED":',
        replace:
          'case "REFUNDED": await provider.refund({ ...call, amount: { ...call.amount, amountMinor }, idempotencyKey: `${refundId}:again`, refundId, reason });',
      },
    ],
    caughtBy: 'nobody is given back what nobody asked for',
    metBy: (told) => (told.kind === 'refunded' ? told.orderId : undefined),
    // Each shows it, but for one whose order is called off afterwards; and staff give little back.
    chances: 3,
  },
  {
    // Leases that nobody looks at: each replica drives whatever is due, a moment later, however things stand by then.
    name: 'two-drivers',
    service: 'orders',
    edits: [
      {
        file: '/subgraphs/orders/dist/events/drive-sagas.js',
        find: 'AND (leased_until IS NULL OR leased_until <= $3)',
        replace: '',
      },
      {
        file: '/subgraphs/orders/dist/events/drive-sagas.js',
        find: 'SELECT order_id FROM sagas WHERE order_id = ANY($1) AND driver = $2',
        replace: "SELECT order_id FROM sagas WHERE order_id = ANY($1) AND $2 <> \\'\\'",
      },
      {
        file: '/subgraphs/orders/dist/events/drive-sagas.js',
        find: 'const leased = await lease(deps);',
        replace:
          'const leased = await lease(deps); if (leased.length > 0) await new Promise((go) => setTimeout(go, 1500));',
      },
      {
        file: '/subgraphs/orders/dist/domain/decide-time.js',
        find: 'if (!step.nextRetryAt || step.nextRetryAt > at)',
        replace: 'if (!step.nextRetryAt)',
      },
    ],
    caughtBy: 'no step is carried out by two drivers',
    provokedBy: 'freeze-driver',
    // Still undecided when its placement had waited for long: somebody does not answer, and will be asked again.
    metBy: (told) => (told.kind === 'placed' && told.status === 'PENDING' ? told.orderId : undefined),
  },
];

/** This many orders have to meet a bug that says nothing else. */
const CHANCES = 5;

/** True once a bug cannot have been missed for want of customers: a busy machine serves few of them in the same time. */
export const hadItsChance = ({ metBy, chances = CHANCES }: PlantedBug, told: readonly Told[]): boolean =>
  new Set(told.flatMap((one) => metBy(one) ?? [])).size >= chances;

/** @throws Error that lists the bugs there are */
export function bugNamed(name: string): PlantedBug {
  const bug = PLANTED_BUGS.find((one) => one.name === name);
  if (bug) return bug;
  throw new Error(
    `There is no bug ${name} to plant, only ${PLANTED_BUGS.map((one) => one.name).join(', ')}.`,
  );
}
