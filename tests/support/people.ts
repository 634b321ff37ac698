import { randomUUID } from 'node:crypto';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import type { Entrance } from './shop.js';

/** Headers that say who asks. */
export type Identity = Record<string, string>;

export const DEMO_PASSWORD = 'souk-demo-pass';

const SESSION = `session { accessToken refreshToken expiresAt user { id email name roles } } errors { code message path }`;

/** What `login`, `register` and `refreshSession` answer. */
export interface SessionPayload {
  session: {
    accessToken: string;
    refreshToken: string;
    expiresAt: string;
    user: { id: string; email: string; name: string; roles: string[] };
  } | null;
  errors: { code: string; message: string; path: string[] }[];
}

/** Signs in and gives the headers to use from now on. */
export async function signIn(
  shop: Entrance,
  email: string,
  password = DEMO_PASSWORD,
): Promise<Identity & { authorization: string }> {
  const { data, text } = await shop.ask<{ login: SessionPayload }>(
    `mutation ($input: LoginInput!) { login(input: $input) { ${SESSION} } }`,
    { input: { email, password } },
  );
  if (!data.login.session) throw new Error(`could not sign in: ${text}`);
  return { authorization: `Bearer ${data.login.session.accessToken}` };
}

/** Registers a new customer. */
export async function register(shop: Entrance): Promise<Identity & { authorization: string }> {
  const { data, text } = await shop.ask<{ register: SessionPayload }>(
    `mutation ($input: RegisterInput!) { register(input: $input) { ${SESSION} } }`,
    {
      input: {
        email: `${randomUUID()}@example.test`,
        password: 'correct horse battery',
        name: 'Test Person',
      },
    },
  );
  if (!data.register.session) throw new Error(`could not register: ${text}`);
  return { authorization: `Bearer ${data.register.session.accessToken}` };
}

/** Buyable variants of the seed, cheapest fields only. */
export async function someVariants(shop: Entrance, count: number): Promise<string[]> {
  const { data } = await shop.ask<{ products: { nodes: { variants: { id: string }[] }[] } }>(
    `query ($first: Int!) { products(first: $first) { nodes { variants { id } } } }`,
    { first: Math.min(count, 100) },
  );
  return data.products.nodes.flatMap(({ variants }) => variants.map(({ id }) => id)).slice(0, count);
}

/** Puts units into a cart; a guest gets the headers that name the new cart. */
export async function fillCart(
  shop: Entrance,
  variantId: string,
  quantity = 1,
  identity: Identity = {},
): Promise<Identity> {
  const { data, text } = await shop.ask<{
    addToCart: { cart: { token: string | null } | null; errors: unknown[] };
  }>(
    `mutation ($input: AddToCartInput!) { addToCart(input: $input) { cart { token itemCount } errors { code message } } }`,
    { input: { variantId, quantity } },
    identity,
  );
  if (!data.addToCart.cart) throw new Error(`could not fill the cart: ${text}`);
  const { token } = data.addToCart.cart;
  return token ? { ...identity, 'x-cart-token': token } : identity;
}

/** What `placeOrder` answers. */
export interface PlacedOrder {
  order: {
    id: string;
    number: string;
    status: string;
    accessToken: string | null;
    subtotal: { amountMinor: number };
    shippingPrice: { amountMinor: number };
    total: { amountMinor: number };
  } | null;
  errors: {
    __typename: string;
    code: string;
    message: string;
    path: string[];
    available?: number;
    variantId?: string;
  }[];
}

export const orderInput = (overrides: Record<string, unknown> = {}) => ({
  idempotencyKey: randomUUID(),
  email: 'guest@example.test',
  shippingAddress: {
    name: 'Grace Hopper',
    line1: '1 Harbour Street',
    line2: null,
    city: 'Hamburg',
    postalCode: '20095',
    country: 'DE',
  },
  paymentToken: 'tok_approve',
  ...overrides,
});

const PLACE_ORDER = `mutation ($input: PlaceOrderInput!) {
  placeOrder(input: $input) {
    order {
      id number status accessToken
      subtotal { amountMinor } shippingPrice { amountMinor } total { amountMinor }
    }
    errors { __typename code message path ... on OutOfStockError { variantId available } }
  }
}`;

/** Places an order for what is in the identity's cart. */
export async function placeOrder(
  shop: Entrance,
  identity: Identity,
  overrides: Record<string, unknown> = {},
) {
  const answer = await shop.ask<{ placeOrder: PlacedOrder }>(
    PLACE_ORDER,
    { input: orderInput(overrides) },
    identity,
  );
  if (!answer.data?.placeOrder) throw new Error(`placeOrder answered ${answer.status}: ${answer.text}`);
  return answer.data.placeOrder;
}

/** Asks with one key until the outcome is final: what a client does whose order came back as PENDING. */
export async function placeOrderFinally(
  shop: Entrance,
  identity: Identity,
  overrides: Record<string, unknown> = {},
) {
  const input = { idempotencyKey: randomUUID(), ...overrides };
  for (let attempt = 0; attempt < 20; attempt++) {
    const outcome = await placeOrder(shop, identity, input);
    if (outcome.order?.status !== 'PENDING') return outcome;
  }
  throw new Error('the order stayed PENDING');
}

/** Units of a variant among the first hundred products, as everybody sees them. */
export async function unitsOf(shop: Entrance, variantId: string): Promise<Units> {
  const { data } = await shop.ask<{ products: { nodes: { variants: { id: string; stock: Units }[] }[] } }>(
    '{ products(first: 100) { nodes { variants { id stock { onHand available reserved } } } } }',
  );
  const variants = data.products.nodes.flatMap((product) => product.variants);
  const found = variants.find(({ id }) => id === variantId);
  if (!found) throw new Error('the variant has no stock');
  return found.stock;
}

export interface Units {
  readonly onHand: number;
  readonly available: number;
  readonly reserved: number;
}

/** Units of variants, as staff see them. */
export async function stockOf(shop: Entrance, variantIds: readonly string[], staff: Identity) {
  const { data } = await shop.ask<{
    stockItems: {
      nodes: { variant: { id: string }; stock: { onHand: number; available: number; reserved: number } }[];
      pageInfo: { endCursor: string; hasNextPage: boolean };
    };
  }>(
    `{ stockItems(first: 100) { nodes { variant { id } stock { onHand available reserved } } pageInfo { endCursor hasNextPage } } }`,
    {},
    staff,
  );
  return data.stockItems.nodes
    .filter(({ variant }) => variantIds.includes(variant.id))
    .map(({ stock }) => stock);
}

/** Adds or takes away units. */
export async function adjustStock(shop: Entrance, variantId: string, delta: number, staff: Identity) {
  const { data, text } = await shop.ask<{
    adjustStock: {
      stock: { onHand: number; available: number; reserved: number } | null;
      errors: { code: string }[];
    };
  }>(
    `mutation ($input: AdjustStockInput!) { adjustStock(input: $input) { stock { onHand available reserved } errors { code message } } }`,
    { input: { variantId, delta, idempotencyKey: randomUUID() } },
    staff,
  );
  if (!data?.adjustStock) throw new Error(`adjustStock answered ${text}`);
  return data.adjustStock;
}

/** A live subscription whose pushes can be waited for. */
export function watch<Data>(
  shop: Entrance,
  query: string,
  variables: Record<string, unknown>,
  identity: Identity = {},
) {
  const client = createClient({
    url: `${shop.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: identity,
    retryAttempts: 0,
  });
  const pushes: Data[] = [];
  const failures: unknown[] = [];
  let ended = false;
  const unsubscribe = client.subscribe<Data>(
    { query, variables },
    {
      next: ({ data, errors }) => {
        if (errors) failures.push(errors);
        if (data) pushes.push(data);
      },
      error: (error) => failures.push(error),
      complete: () => (ended = true),
    },
  );
  return {
    pushes,
    failures,
    ended: () => ended,
    async close() {
      unsubscribe();
      await client.dispose();
    },
  };
}
