import type { GraphClient, Identity } from '../buyers/graph-client.js';
import type { EventStoreFact, Movement, OpenSaga, SagaEntryFact, ShipmentFact } from './facts.js';
import type { Reader } from './reader.js';

/** What the payment provider's books call it, and what we do. */
const KINDS: Readonly<Record<string, Movement['kind']>> = {
  AUTHORIZE: 'hold',
  CAPTURE: 'capture',
  VOID: 'release',
  LAPSE: 'release',
  REFUND: 'refund',
};

/** The provider's books since an instant. */
export async function movementsSince(reader: Reader, sinceMs: number): Promise<Movement[]> {
  const rows = await reader.query<{ order_id: string; kind: string; amount_minor: number; at: Date }>(
    'payments',
    // A capture that was refused tells that the hold is gone.
    `SELECT order_id, kind, amount_minor, at, number FROM audit.provider_movements WHERE at >= $1
     UNION ALL
     SELECT order_id, 'LAPSE', amount_minor, at, number FROM sandbox.movements
     WHERE at >= $1 AND kind = 'CAPTURE' AND outcome = 'REFUSED'
     ORDER BY number`,
    [new Date(sinceMs)],
  );
  return rows.map(({ order_id: orderId, kind, amount_minor: amountMinor, at }) => {
    const known = KINDS[kind];
    if (known === undefined) throw new Error(`The checker does not know the movement ${kind}: name it.`);
    return { orderId, kind: known, amountMinor, at: at.getTime() };
  });
}

/** Sagas since an instant that have not come to an end. */
export async function openSagasSince(reader: Reader, sinceMs: number): Promise<OpenSaga[]> {
  const rows = await reader.query<{ order_id: string; status: string; waiting: string | null }>(
    'orders',
    `SELECT order_id, status::text, (
       SELECT string_agg(step || ' ' || steps.status || ' (' || attempts || ' times)', ', ')
       FROM saga_steps steps WHERE steps.order_id = sagas.order_id AND ended_at IS NULL) AS waiting
     FROM sagas WHERE started_at >= $1 AND status NOT IN ('COMPLETE', 'COMPENSATED')`,
    [new Date(sinceMs)],
  );
  return rows.map(({ order_id: orderId, status, waiting }) => ({
    orderId,
    standing: `${status}, waits for ${waiting ?? 'nothing'}`,
  }));
}

/** Histories of sagas since an instant, each in its order. */
export async function sagaLogSince(reader: Reader, sinceMs: number): Promise<SagaEntryFact[]> {
  const rows = await reader.query<{
    order_id: string;
    sequence: number;
    at: Date;
    step: string;
    type: string;
  }>(
    'orders',
    `SELECT order_id, sequence, at, step::text, type::text FROM saga_history JOIN sagas USING (order_id)
     WHERE started_at >= $1 ORDER BY order_id, sequence`,
    [new Date(sinceMs)],
  );
  return rows.map(({ order_id: orderId, at, ...rest }) => ({ orderId, at: at.getTime(), ...rest }));
}

/** Parcels of orders since an instant. */
export async function shipmentsSince(reader: Reader, sinceMs: number): Promise<ShipmentFact[]> {
  const rows = await reader.query<{ order_id: string; status: string; return_wanted: boolean }>(
    'shipping',
    'SELECT order_id, status, return_wanted FROM audit.shipments WHERE created_at >= $1',
    [new Date(sinceMs)],
  );
  return rows.map(({ order_id: orderId, status, return_wanted: isReturnWanted }) => ({
    orderId,
    status,
    isReturnWanted,
  }));
}

const VERIFY = `query ($after: SafeInt!) {
  verifyEventChain(after: $after, first: 50000) { intact complete checkedTo broken { number reason } }
}`;
interface Verify {
  readonly verifyEventChain: {
    readonly intact: boolean;
    readonly complete: boolean;
    readonly checkedTo: number;
    readonly broken: { readonly number: number; readonly reason: string } | null;
  };
}
const REPLAY = `mutation { rebuildReports(input: { swap: false }) { rebuild { differences } errors { message } } }`;
interface Replay {
  readonly rebuildReports: {
    readonly rebuild: { readonly differences: number } | null;
    readonly errors: readonly { readonly message: string }[];
  };
}

/** Asks the event store, as staff can: is the chain whole, and do reports come out the same when replayed. */
export async function eventStore(
  graph: GraphClient,
  staff: Identity,
  reader: Reader,
): Promise<EventStoreFact> {
  const ids = await reader.query<{ event_id: string }>('analytics', 'SELECT event_id FROM audit.records');
  const replay = await graph.ask<Replay>(REPLAY, {}, staff);
  const differences = replay.answered ? replay.data.rebuildReports.rebuild?.differences : undefined;
  if (differences === undefined) {
    const why = replay.answered ? replay.data.rebuildReports.errors[0]?.message : replay.reason;
    throw new Error(`Reports cannot be replayed: ${why ?? 'no reason was given'}`);
  }
  return {
    broken: await whatIsBroken(graph, staff),
    eventIds: ids.map(({ event_id }) => event_id),
    differences,
  };
}

async function whatIsBroken(graph: GraphClient, staff: Identity): Promise<string | undefined> {
  for (let after = 0; ;) {
    const reply = await graph.ask<Verify>(VERIFY, { after }, staff);
    if (!reply.answered) throw new Error(`The chain of events cannot be verified: ${reply.reason}`);
    const { intact, complete, checkedTo, broken } = reply.data.verifyEventChain;
    if (!intact)
      return `record ${broken?.number ?? checkedTo + 1} is ${broken?.reason ?? 'not as it was written'}`;
    if (complete) return undefined;
    after = checkedTo;
  }
}
