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
  },
];

/** @throws Error that lists the bugs there are */
export function bugNamed(name: string): PlantedBug {
  const bug = PLANTED_BUGS.find((one) => one.name === name);
  if (bug) return bug;
  throw new Error(
    `There is no bug ${name} to plant, only ${PLANTED_BUGS.map((one) => one.name).join(', ')}.`,
  );
}
