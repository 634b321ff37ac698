import { afterEach, expect, test } from 'vitest';
import { type PaymentsUnderTest, eventually, startPayments } from './__fixtures__/payments-under-test.js';
import type { PaymentProvider, ProviderCall } from './provider/payment-provider.js';

let payments: PaymentsUnderTest;
afterEach(() => payments.stop());

const toldTypes = (orderId: string) => payments.toldOf(orderId).map(({ type }) => type);

/** The sandbox, with every call noted and a way to make calls fail or hang, before or after they took effect. */
function strangeProvider(
  before: (operation: keyof PaymentProvider, call: ProviderCall) => Promise<void>,
  after: (operation: keyof PaymentProvider, call: ProviderCall) => Promise<void> = async () => {},
) {
  const calls: string[] = [];
  const strangely =
    <Call extends ProviderCall, Answer>(
      operation: keyof PaymentProvider,
      act: (call: Call) => Promise<Answer>,
    ) =>
    async (call: Call): Promise<Answer> => {
      calls.push(call.idempotencyKey);
      await before(operation, call);
      const answer = await act(call);
      await after(operation, call);
      return answer;
    };
  const wrapProvider = (provider: PaymentProvider): PaymentProvider => ({
    authorize: strangely('authorize', provider.authorize),
    lookUp: strangely('lookUp', provider.lookUp),
    capture: strangely('capture', provider.capture),
    void: strangely('void', provider.void),
    refund: strangely('refund', provider.refund),
  });
  return { calls, wrapProvider };
}
/** Does something while another transaction holds a payment. */
async function whileLocked(orderId: string, act: () => Promise<void>): Promise<void> {
  const client = await payments.pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('SELECT FROM intents WHERE order_id = $1 FOR UPDATE', [orderId]);
    await act();
    await client.query('ROLLBACK');
  } finally {
    client.release(true);
  }
}
/** Never answers, until the process stops. */
const hang = ({ signal }: ProviderCall): Promise<void> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('connection lost'))));

test('a call that fails is made again, under the same idempotency key, until it is answered', async () => {
  let failures = 2;
  const { calls, wrapProvider } = strangeProvider(async () => {
    failures -= 1;
    if (failures >= 0) throw new Error('503');
  });
  payments = await startPayments({ wrapProvider });
  payments.authorize('o1');
  payments.authorize('o2');
  await eventually(
    () => [...toldTypes('o1'), ...toldTypes('o2')],
    (types) => types.length === 2,
  );
  expect(
    calls.filter((key) => key === 'o1:authorize').length +
      calls.filter((key) => key === 'o2:authorize').length,
  ).toBe(4);
  expect(new Set(calls)).toEqual(new Set(['o1:authorize', 'o2:authorize']));
});

test('a call that was cut off by a stop is made again after the restart, and the outcome told once', async () => {
  let hanging = true;
  const { calls, wrapProvider } = strangeProvider(async (_operation, call) => {
    if (hanging) await hang(call);
  });
  payments = await startPayments({ wrapProvider });
  payments.authorize('o1');
  await eventually(
    () => calls.length,
    (count) => count === 1,
  );
  hanging = false;
  await payments.restart();
  await eventually(
    () => toldTypes('o1'),
    (types) => types.includes('payment.authorized'),
  );
  expect(calls).toEqual(['o1:authorize', 'o1:authorize']);
  expect(toldTypes('o1')).toEqual(['payment.authorized']);
});

test('a slow answer holds up no other', async () => {
  const { wrapProvider } = strangeProvider((_operation, call) =>
    call.orderId === 'slow' ? hang(call) : Promise.resolve(),
  );
  payments = await startPayments({ wrapProvider });
  payments.authorize('slow');
  payments.authorize('together');
  await eventually(
    () => toldTypes('together'),
    (types) => types.length === 1,
  );
  payments.authorize('after');
  await eventually(
    () => toldTypes('after'),
    (types) => types.length === 1,
  );
  expect(toldTypes('slow')).toEqual([]);
});

test('putting a payment off holds up no answer that comes in the same moment', async () => {
  const arrived: string[] = [];
  let answer = (): void => {};
  const answered = new Promise<void>((resolve) => (answer = resolve));
  const { wrapProvider } = strangeProvider(
    async () => {},
    async (_operation, { orderId }) => {
      const isFirst = !arrived.includes(orderId);
      arrived.push(orderId);
      await answered;
      if (orderId === 'unheard' && isFirst) throw new Error('503');
    },
  );
  payments = await startPayments({ wrapProvider });
  payments.authorize('unheard');
  payments.authorize('heard');
  await eventually(
    () => arrived.length,
    (count) => count === 2,
  );
  await whileLocked('unheard', async () => {
    answer();
    await eventually(
      () => toldTypes('heard'),
      (types) => types.includes('payment.authorized'),
    );
  });
  await eventually(
    () => toldTypes('unheard'),
    (types) => types.includes('payment.authorized'),
  );
});

test('a payment that is undone while its authorisation is under way is authorised and voided', async () => {
  let answer = (): void => {};
  const { calls, wrapProvider } = strangeProvider((operation) =>
    operation === 'authorize' ? new Promise<void>((resolve) => (answer = resolve)) : Promise.resolve(),
  );
  payments = await startPayments({ wrapProvider });
  payments.authorize('o1');
  await eventually(
    () => calls.length,
    (count) => count === 1,
  );
  payments.command('payment.void-requested', { orderId: 'o1' });
  // Nothing else happens to it while the provider thinks.
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(calls).toEqual(['o1:authorize']);
  answer();
  await eventually(
    () => toldTypes('o1'),
    (types) => types.includes('payment.voided'),
  );
  expect(calls).toEqual(['o1:authorize', 'o1:void']);
  expect(toldTypes('o1')).toEqual(['payment.authorized', 'payment.voided']);
});

test('a process that dies during a call leaves it to the next one when its lease is over', async () => {
  const { calls, wrapProvider } = strangeProvider((_operation, call) => hang(call));
  // The first one does not end its call until everything is over.
  const dead = await startPayments({ wrapProvider });
  dead.authorize('o1');
  await eventually(
    () => calls.length,
    (count) => count === 1,
  );
  payments = await startPayments({ databaseUrl: dead.database.url });
  payments.time.offsetMs = 31_000;
  await eventually(
    () => payments.payments(['o1']),
    ([payment]) => payment?.status === 'AUTHORIZED',
  );
  expect(calls).toEqual(['o1:authorize']);
  await dead.stop();
});

test.each(['authorize', 'capture', 'refund'] as const)(
  'a process that dies after the provider did it, before it was written down, charges nobody twice: %s',
  async (operation) => {
    // The provider has done it; the answer never reaches the one that asked.
    const { calls, wrapProvider } = strangeProvider(
      async () => {},
      async (asked, call) => {
        if (asked === operation) await hang(call);
      },
    );
    const dead = await startPayments({ wrapProvider });
    dead.authorize('o1');
    dead.command('payment.capture-requested', { orderId: 'o1' });
    const isAsked = (): boolean => calls.some((key) => key.startsWith(`o1:${operation}`));
    if (operation === 'refund') {
      await eventually(
        () => toldOf(dead, 'o1'),
        (types) => types.includes('payment.captured'),
      );
      dead.command('payment.void-requested', { orderId: 'o1' });
    }
    await eventually(isAsked, Boolean);
    const posted = { authorize: 'AUTHORIZE', capture: 'CAPTURE', refund: 'REFUND' }[operation];
    await eventually(
      () => dead.audit('provider_movements', 'o1'),
      (rows) => rows.some((row) => row['kind'] === posted),
    );
    payments = await startPayments({ databaseUrl: dead.database.url });
    payments.time.offsetMs = 31_000;
    const wanted = operation === 'refund' ? 'REFUNDED' : 'CAPTURED';
    await eventually(
      () => payments.payments(['o1']),
      ([payment]) => payment?.status === wanted,
    );
    expect((await dead.audit('provider_movements', 'o1')).map((row) => row['kind']).sort()).toEqual(
      operation === 'refund' ? ['AUTHORIZE', 'CAPTURE', 'REFUND'] : ['AUTHORIZE', 'CAPTURE'],
    );
    expect(await dead.audit('disagreements')).toEqual([]);
    await dead.stop();
  },
);
const toldOf = (from: PaymentsUnderTest, orderId: string) => from.toldOf(orderId).map(({ type }) => type);
