import { randomUUID } from 'node:crypto';
import { ANONYMOUS, type Viewer } from '@souk/kit/auth';
import { createInProcessTransport } from '@souk/kit/events';
import type { SubgraphApp } from '@souk/kit/subgraph';
import { silentLogger } from '@souk/testkit/logger';
import { testPostgres } from '@souk/testkit/postgres';
import { eventually } from '@souk/testkit/waiting';
import { type OrdersDeps, createApp, prepare } from '../index.js';
import type { Answer } from './answers.js';
import { createFakeShop } from './fake-shop.js';

export { eventually } from '@souk/testkit/waiting';

/** Who asks, and with which cart token. */
export interface Caller {
  readonly viewer: Viewer;
  readonly cartToken?: string;
}

export const guest: Caller = { viewer: ANONYMOUS };
export const account = (userId: string, ...roles: ('CUSTOMER' | 'STAFF' | 'ADMIN')[]): Caller => ({
  viewer: { kind: 'user', userId, roles: roles.length > 0 ? roles : ['CUSTOMER'] },
});
export const staff = account('staff', 'STAFF');

/** A whole orders subgraph over a database of its own, in a shop that the test plays. */
export async function startOrders(overrides: Partial<OrdersDeps> = {}) {
  const database = await testPostgres('orders');
  await prepare({ databaseUrl: database.url, logger: silentLogger });
  const shop = createFakeShop();
  shop.prices.set('lamp', { amountMinor: 1999, currency: 'EUR' });
  shop.prices.set('chair', { amountMinor: 12_050, currency: 'EUR' });
  shop.prices.set('import', { amountMinor: 500, currency: 'USD' });
  /** How far ahead the clock is, and where it stands still if it does: then nothing comes due by itself. */
  const time: { offsetMs: number; standsAt?: number | undefined } = { offsetMs: 0 };
  const clock = (): Date => new Date((time.standsAt ?? Date.now()) + time.offsetMs);
  const open = async (): Promise<{ app: SubgraphApp; stop(): Promise<void> }> => {
    const events = createInProcessTransport({ logger: silentLogger });
    const connection = shop.connect(events);
    const app = await createApp({
      databaseUrl: database.url,
      events,
      peers: shop.peers,
      tokenSecret: 'a test secret of at least 32 characters',
      internalSecret: 'an internal secret of 32 characters or more',
      logger: silentLogger,
      clock,
      newId: randomUUID,
      driveEveryMs: 50,
      ...overrides,
    });
    await app.start();
    return {
      app,
      async stop() {
        await connection.stop();
        await app.stop();
      },
    };
  };
  let current = await open();

  const request = (query: string, variables: Record<string, unknown>, caller: Caller) => ({
    query,
    variables,
    context: { ...caller, requestId: 'test' },
  });
  const run = async (query: string, variables: Record<string, unknown> = {}, caller = guest) =>
    // Each test states what it asks for, so the answer's shape is known to it.
    (await current.app.execute(request(query, variables, caller))) as unknown as Answer;

  const placeOnce = async (buyer: Caller, input: Record<string, unknown> = {}) => {
    const { data, errors } = await run(PLACE, { input: { ...checkout(), ...input } }, buyer);
    if (errors) throw new Error(JSON.stringify(errors));
    return data.placeOrder;
  };

  return {
    shop,
    time,
    /** Orders that are placed stay so until the shop is released: their stock is not committed. */
    stayPlaced: () => void shop.unheard.add('stock.commit-requested'),
    clock,
    database,
    get app() {
      return current.app;
    },
    run,
    /** A stream, for a viewer who may have it. */
    watch: async (query: string, variables: Record<string, unknown>, caller: Caller) =>
      (await current.app.subscribe(request(query, variables, caller))) as unknown as AsyncIterator<
        Answer,
        undefined
      > & {
        return(): Promise<IteratorResult<Answer>>;
      },
    /** The refusal of a stream, for a viewer who may not. */
    watchInVain: async (query: string, variables: Record<string, unknown>, caller: Caller) =>
      (await current.app.subscribe(request(query, variables, caller))) as unknown as Answer,
    /** Puts units into a cart and returns who may buy them. */
    async fill(caller: Caller, lines: Readonly<Record<string, number>>): Promise<Caller> {
      let buyer = caller;
      for (const [variantId, quantity] of Object.entries(lines)) {
        const { data } = await run(ADD, { input: { variantId, quantity } }, buyer);
        const { cart, errors } = data.addToCart;
        if (errors.length > 0) throw new Error(JSON.stringify(errors));
        if (cart.token) buyer = { ...buyer, cartToken: cart.token };
      }
      return buyer;
    },
    placeOnce,
    /** Asks again under the same key while the order is undecided, as a client does: a slow machine needs it. */
    async place(buyer: Caller, input: Record<string, unknown> = {}) {
      const same = { ...checkout(), ...input };
      return eventually(
        () => placeOnce(buyer, same),
        // The types of answers claim that there is an order; a refusal has none.
        ({ order }) => (order as typeof order | null)?.status !== 'PENDING',
      );
    },
    /** Waits until an order's timeline has an entry, and returns the order. */
    async reaches(id: string, type: string) {
      const reply = await eventually(
        () => run(READ, { id }, staff),
        ({ data }) => data.order.timeline.some((entry) => entry.type === type),
      );
      return reply.data.order;
    },
    /** Ends the app and begins another one over the same database. */
    async restart() {
      await current.stop();
      current = await open();
    },
    async stop() {
      await current.stop();
      await database.drop();
    },
  };
}
export type OrdersUnderTest = Awaited<ReturnType<typeof startOrders>>;

export const ADD = `mutation ($input: AddToCartInput!) { addToCart(input: $input) {
  cart { id token itemCount subtotal { amountMinor currency } lines { id quantity variant { id } unitPrice { amountMinor } total { amountMinor } } }
  errors { __typename code message path } } }`;
export const CART = `{ cart { id token itemCount subtotal { amountMinor currency }
  lines { id quantity variant { id } unitPrice { amountMinor currency } } } }`;
const ORDER = `id number status version email accessToken cancellable returnable returnableUntil availableTransitions return { status message }
  subtotal { amountMinor } shippingPrice { amountMinor } total { amountMinor currency }
  customer { id } lines { quantity unitPrice { amountMinor } total { amountMinor } variant { id } }
  shippingAddress { name line1 line2 city postalCode country } timeline { type message } createdAt updatedAt`;
const ERRORS = `errors { __typename code message path
  ... on OutOfStockError { variantId available } ... on PaymentDeclinedError { reason }
  ... on InvalidTransitionError { status availableTransitions }
  ... on ReturnPeriodOverError { returnableUntil }
  ... on ShippingOptionUnavailableError { offeredOptionIds } }`;
export const PLACE = `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { ${ORDER} } ${ERRORS} } }`;
export const CANCEL = `mutation ($input: CancelOrderInput!) { cancelOrder(input: $input) { order { ${ORDER} } ${ERRORS} } }`;
export const RETURN = `mutation ($input: ReturnOrderInput!) { returnOrder(input: $input) { order { ${ORDER} } ${ERRORS} } }`;
export const TRANSITION = `mutation ($input: TransitionOrderInput!) { transitionOrder(input: $input) { order { ${ORDER} } ${ERRORS} } }`;
export const READ = `query ($id: ID!, $accessToken: String) { order(id: $id, accessToken: $accessToken) { ${ORDER} } }`;
export const LIVE = `subscription ($id: ID!, $accessToken: String) {
  orderUpdated(id: $id, accessToken: $accessToken) { id version status timeline { type } availableTransitions } }`;

/** What a buyer fills in. */
export const checkout = () => ({
  idempotencyKey: randomUUID(),
  email: 'ada@souk.test',
  shippingAddress: {
    name: 'Ada Lovelace',
    line1: '12 St James Square',
    city: 'London',
    postalCode: 'SW1Y',
    country: 'GB',
  },
  paymentToken: 'tok_approve',
});
