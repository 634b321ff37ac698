import { createSign, generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, inject } from 'vitest';
import {
  type Identity,
  fillCart,
  orderInput,
  placeOrder,
  placeOrderFinally,
  register,
  signIn,
  someVariants,
} from '../support/people.js';
import { type Shop, startShop, temporaryFolder } from '../support/shop.js';
import { copySeeded } from '../support/seeded-shop.js';

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const ORDER = 'query ($id: ID!, $token: String) { order(id: $id, accessToken: $token) { id email status } }';
const LEAKS = /node_modules|\bat .+\(.+:\d+:\d+\)|ECONN|prisma|mongodb|SELECT |stacktrace/i;

describe('hostile input', () => {
  let shop: Shop;
  let remove: () => Promise<void>;
  let orderCount: () => Promise<number>;
  beforeAll(async () => {
    const place = await temporaryFolder();
    remove = place.remove;
    await copySeeded(inject('seededDataDir'), place.folder);
    shop = await startShop({ dataDir: place.folder });
    const staff = await signIn(shop, 'staff@souk.test');
    orderCount = async () => {
      const { data } = await shop.ask<{ allOrders: { totalCount: number } }>(
        '{ allOrders(first: 1) { totalCount } }',
        {},
        staff,
      );
      return data.allOrders.totalCount;
    };
  });
  afterAll(async () => {
    await shop?.stop();
    await remove();
  });

  const raw = async (
    body: string,
    headers: Record<string, string> = { 'content-type': 'application/json' },
  ) => {
    const response = await fetch(`${shop.url}/graphql`, { method: 'POST', headers, body });
    return { status: response.status, text: await response.text() };
  };

  it.each([
    ['malformed JSON', '{ "query": ', undefined, [400]],
    ['an array where an object belongs', '[1, 2]', undefined, [400]],
    ['a number as query', '{"query": 42}', undefined, [400]],
    ['variables that are a string', '{"query": "{ __typename }", "variables": "x"}', undefined, [400]],
    ['a syntax error', '{"query": "{ products("}', undefined, [400, 200]],
    ['an unknown field', '{"query": "{ secrets }"}', undefined, [400, 200]],
    ['an unknown argument', '{"query": "{ products(limit: 3) { totalCount } }"}', undefined, [400, 200]],
    [
      'an oversized body',
      `{"query": "{ __typename }", "padding": "${'x'.repeat(2_000_000)}"}`,
      undefined,
      [413],
    ],
    ['a form', 'query=%7B__typename%7D', { 'content-type': 'application/x-www-form-urlencoded' }, [415]],
    ['plain text', '{ __typename }', { 'content-type': 'text/plain' }, [415]],
  ])('answers %s with a clear error', async (_name, body, headers, statuses) => {
    const { status, text } = await raw(body, headers);
    expect(statuses).toContain(status);
    const { errors } = JSON.parse(text) as { errors: { message: string }[] };
    expect(errors[0]?.message.length).toBeGreaterThan(5);
    expect(text).not.toMatch(LEAKS);
  });

  it.each([
    ['a quantity as text', { variantId: 'v', quantity: 'two' }],
    ['a fractional quantity', { variantId: 'v', quantity: 1.5 }],
    ['an unknown input field', { variantId: 'v', quantity: 1, price: 1 }],
    ['a missing variant', { quantity: 1 }],
  ])('refuses %s before anything is written', async (_name, input) => {
    const { data, errors, text } = await shop.ask(
      'mutation ($input: AddToCartInput!) { addToCart(input: $input) { cart { id } } }',
      { input },
    );
    expect(data ?? null).toBeNull();
    expect(errors[0]?.message).toContain('$input');
    expect(text).not.toMatch(LEAKS);
  });

  it.each([
    ['no units', { quantity: 0 }],
    ['a negative number of units', { quantity: -3 }],
    ['more than a line holds', { quantity: 100_000 }],
    ['a variant that does not exist', { variantId: 'no-such-variant' }],
  ])('refuses %s with a typed error', async (_name, overrides) => {
    const [variantId] = await someVariants(shop, 1);
    const { data } = await shop.ask<{ addToCart: { cart: null; errors: { code: string }[] } }>(
      'mutation ($input: AddToCartInput!) { addToCart(input: $input) { cart { id } errors { code message path } } }',
      { input: { variantId, quantity: 1, ...overrides } },
    );
    expect(data.addToCart.cart).toBeNull();
    expect(data.addToCart.errors[0]?.code).toMatch(/INVALID_INPUT|NOT_FOUND/);
  });

  it.each([
    ['no e-mail address', { email: 'nobody' }],
    ['an empty recipient', { shippingAddress: { ...orderInput().shippingAddress, name: ' ' } }],
    ['a country that is none', { shippingAddress: { ...orderInput().shippingAddress, country: 'Nowhere' } }],
    ['an empty key', { idempotencyKey: '' }],
    ['a very long key', { idempotencyKey: 'k'.repeat(5000) }],
  ])('does not place an order with %s', async (_name, overrides) => {
    const [variantId = ''] = await someVariants(shop, 1);
    const guest = await fillCart(shop, variantId);
    const before = await orderCount();
    const { order, errors } = await placeOrder(shop, guest, overrides);
    expect(order).toBeNull();
    expect(errors[0]?.code).toBe('INVALID_INPUT');
    expect(errors[0]?.path.length).toBeGreaterThan(0);
    expect(await orderCount()).toBe(before);
  });

  it("shows nobody somebody else's order", async () => {
    const [variantId = ''] = await someVariants(shop, 1);
    const owner = await register(shop);
    const { order } = await placeOrderFinally(shop, await fillCart(shop, variantId, 1, owner));
    const id = order?.id ?? '';
    const stranger = await register(shop);
    const strangers: Identity[] = [
      {},
      stranger,
      { 'x-cart-token': 'guess' },
      { 'x-souk-user': 'admin', 'x-souk-envelope': 'forged' },
    ];
    for (const identity of strangers) {
      const { data, errors, text } = await shop.ask<{ order: null }>(ORDER, { id, token: 'guess' }, identity);
      expect(data.order).toBeNull();
      expect(errors[0]?.extensions?.code).toBe('NOT_FOUND');
      expect(text).not.toContain('guest@example.test');
      const cancelled = await shop.ask<{ cancelOrder: { order: null; errors: { code: string }[] } }>(
        'mutation ($input: CancelOrderInput!) { cancelOrder(input: $input) { order { id } errors { code } } }',
        { input: { orderId: id } },
        identity,
      );
      expect(cancelled.data.cancelOrder).toEqual({ order: null, errors: [{ code: 'NOT_FOUND' }] });
    }
    const { data } = await shop.ask<{ order: { status: string } }>(ORDER, { id }, owner);
    expect(['PLACED', 'PAID']).toContain(data.order.status);
  });

  it('lets no customer do what staff may', async () => {
    const customer = await register(shop);
    const [variantId = ''] = await someVariants(shop, 1);
    const attempts = [
      [
        'mutation { adjustStock(input: {variantId: "' +
          variantId +
          '", delta: 5, idempotencyKey: "x"}) { stock { onHand } } }',
      ],
      ['mutation { transitionOrder(input: {orderId: "x", to: SHIPPED}) { order { id } } }'],
      ['mutation { retrySaga(input: {orderId: "x"}) { saga { orderId } } }'],
      ['mutation { compensateSaga(input: {orderId: "x"}) { saga { orderId } } }'],
      [
        'mutation { setVariantPrice(input: {variantId: "' +
          variantId +
          '", price: {amountMinor: 1}}) { variant { id } } }',
      ],
      ['{ allOrders(first: 1) { totalCount } }'],
      ['{ stockItems(first: 1) { totalCount } }'],
      ['{ variants(query: "lamp") { sku } }'],
      ['{ sagas(first: 1) { totalCount } }'],
      ['{ saga(orderId: "x") { orderId } }'],
    ] as const;
    for (const [query] of attempts) {
      const asCustomer = await shop.ask(query, {}, customer);
      expect(asCustomer.errors[0]?.extensions?.code).toBe('FORBIDDEN');
      const asGuest = await shop.ask(query);
      expect(asGuest.errors[0]?.extensions?.code).toBe('UNAUTHENTICATED');
    }
  });

  it('believes no token but its own, fresh and unaltered', async () => {
    const { authorization } = await signIn(shop, 'ada@souk.test');
    const [header = '', claims = '', signature = ''] = authorization.replace('Bearer ', '').split('.');
    const admin = {
      ...(JSON.parse(Buffer.from(claims, 'base64url').toString()) as object),
      roles: ['ADMIN'],
      scope: 'ADMIN',
    };
    const expired = { ...admin, exp: 1_600_000_000 };
    const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const foreign = `${base64url({ alg: 'RS256', typ: 'JWT' })}.${base64url(admin)}`;
    const tokens = {
      'altered claims': `${header}.${base64url(admin)}.${signature}`,
      'expired and altered': `${header}.${base64url(expired)}.${signature}`,
      'no algorithm': `${base64url({ alg: 'none' })}.${base64url(admin)}.`,
      'another key': `${foreign}.${createSign('RSA-SHA256').update(foreign).sign(stranger.privateKey).toString('base64url')}`,
      nonsense: 'abc',
    };
    for (const [name, token] of Object.entries(tokens)) {
      const { status, errors, text } = await shop.ask(
        '{ allOrders(first: 1) { totalCount } }',
        {},
        { authorization: `Bearer ${token}` },
      );
      expect({ name, status, code: errors[0]?.extensions?.code }).toEqual({
        name,
        status: 401,
        code: 'UNAUTHENTICATED',
      });
      expect(text).not.toMatch(LEAKS);
    }
  });

  it('leaves the shop working, and its log free of secrets', async () => {
    const [variantId = ''] = await someVariants(shop, 1);
    const { order } = await placeOrderFinally(shop, await fillCart(shop, variantId));
    expect(['PLACED', 'PAID']).toContain(order?.status);
    const printed = shop.output();
    expect(printed).not.toContain(order?.accessToken);
    expect(printed).not.toMatch(/eyJ[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{20,}/);
    expect(printed).not.toContain('tok_approve');
  });
});
