import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { incompatibilities } from './compatibility.js';
import { type EventDefinition, defineEvents } from './define-events.js';
import { snapshotOf } from './snapshot.js';

const line = z.object({ variantId: z.string(), quantity: z.number().int().min(1) });
const base = {
  orderId: z.string(),
  status: z.enum(['PAID', 'SHIPPED']),
  lines: z.array(line),
  note: z.string().optional(),
  address: z.object({ city: z.string(), line2: z.string().nullable() }),
};
const snapshot = (payload: z.ZodObject, more: Partial<EventDefinition> = {}, source = 'orders') =>
  snapshotOf([defineEvents(source, { 'order.moved': { description: 'An order moved.', ...more, payload } })]);
const before = snapshot(z.object(base));
const problemsOf = (fields: z.ZodRawShape) => incompatibilities(before, snapshot(z.object(fields)));
const without = (name: keyof typeof base): z.ZodRawShape =>
  Object.fromEntries(Object.entries(base).filter(([key]) => key !== name));

describe('what may change within a version', () => {
  test('nothing', () => expect(problemsOf(base)).toEqual([]));
  test('an optional field more, at any depth', () => {
    expect(problemsOf({ ...base, giftWrap: z.boolean().optional() })).toEqual([]);
    expect(problemsOf({ ...base, lines: z.array(line.extend({ sku: z.string().optional() })) })).toEqual([]);
  });
  test('words', () => {
    const described = z
      .object({ ...base, orderId: base.orderId.describe('The order.') })
      .describe('Better words.');
    expect(incompatibilities(before, snapshot(described, { description: 'It went on.' }))).toEqual([]);
  });
  test('another type beside it', () => {
    const both = defineEvents('orders', {
      'order.moved': { description: 'An order moved.', payload: z.object(base) },
      'order.moved@2': { description: 'An order moved.', payload: z.object({ id: z.string() }) },
    });
    expect(incompatibilities(before, snapshotOf([both]))).toEqual([]);
  });
});

describe('what is another version', () => {
  test.each<[string, z.ZodRawShape, RegExp]>([
    ['a field is removed', without('status'), /payload\.status is gone/],
    ['a field is renamed', { ...without('orderId'), id: z.string().optional() }, /payload\.orderId is gone/],
    [
      'a field gets another type',
      { ...base, orderId: z.number() },
      /payload\.orderId is .*"number".*was.*"string"/,
    ],
    ['a field becomes nullable', { ...base, orderId: z.string().nullable() }, /payload\.orderId is/],
    [
      'a field stops being nullable',
      { ...base, address: z.object({ city: z.string(), line2: z.string() }) },
      /address\.line2 is/,
    ],
    [
      'a field becomes optional',
      { ...base, orderId: z.string().optional() },
      /payload\.orderId has become optional/,
    ],
    ['a field becomes required', { ...base, note: z.string() }, /payload\.note has become required/],
    ['a required field is added', { ...base, total: z.number() }, /payload\.total is new and required/],
    [
      'a value is added to an enumeration',
      { ...base, status: z.enum(['PAID', 'SHIPPED', 'LOST']) },
      /payload\.status/,
    ],
    ['a value is taken from it', { ...base, status: z.enum(['PAID']) }, /payload\.status/],
    [
      'a bound moves',
      { ...base, lines: z.array(line.extend({ quantity: z.number().int().min(0) })) },
      /lines\[\]\.quantity/,
    ],
    ['a list gets a bound', { ...base, lines: z.array(line).max(10) }, /payload\.lines is/],
    [
      'a field of a list is removed',
      { ...base, lines: z.array(line.omit({ quantity: true })) },
      /lines\[\]\.quantity is gone/,
    ],
    ['a list becomes an object', { ...base, lines: line }, /payload\.lines is/],
    [
      'a nested field is removed',
      { ...base, address: z.object({ city: z.string() }) },
      /address\.line2 is gone/,
    ],
    [
      'an object becomes a map',
      { ...base, address: z.record(z.string(), z.string()) },
      /payload\.address is/,
    ],
  ])('%s', (_, fields, message) => {
    const problems = problemsOf(fields);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(message);
    expect(problems[0]).toContain('Publish order.moved@2 beside it instead');
  });

  test('each problem is told', () => {
    expect(problemsOf({ ...without('status'), orderId: z.number() })).toHaveLength(2);
  });
});

test('a type goes in two steps: deprecated first, removed later', () => {
  const leaving = snapshot(z.object(base), { deprecated: 'Read order.left.' });
  expect(incompatibilities(before, {})).toEqual([
    expect.stringMatching(/order\.moved is gone.*deprecated first/),
  ]);
  expect(incompatibilities(before, leaving)).toEqual([]);
  expect(incompatibilities(leaving, {})).toEqual([]);
});

test('a type stays with its owner, and has only one', () => {
  expect(incompatibilities(before, snapshot(z.object(base), {}, 'shipping'))).toEqual([
    expect.stringMatching(/moved from orders to shipping/),
  ]);
  const definition = { 'order.moved': { description: '', payload: z.object({}) } };
  expect(() =>
    snapshotOf([defineEvents('orders', definition), defineEvents('shipping', definition)]),
  ).toThrow(/both publish order\.moved/);
});

test('a snapshot is plain JSON, in the order of names', () => {
  const catalogue = defineEvents('orders', {
    'order.paid': {
      description: 'Paid.',
      payload: z.object({ minor: z.number().int().describe('How much.') }),
    },
    'order.left@2': {
      description: 'Gone.',
      deprecated: 'Read order.shipped.',
      payload: z.object({ at: z.iso.datetime().optional() }),
    },
  });
  const written = snapshotOf([catalogue]);
  expect(Object.keys(written)).toEqual(['order.left@2', 'order.paid']);
  expect(JSON.parse(JSON.stringify(written))).toEqual(written);
  expect(written['order.left@2']).toMatchObject({
    version: 2,
    deprecated: 'Read order.shipped.',
    source: 'orders',
  });
  expect(written['order.paid']).toEqual({
    source: 'orders',
    version: 1,
    description: 'Paid.',
    payload: {
      type: 'object',
      properties: { minor: { type: 'integer', description: 'How much.' } },
      required: ['minor'],
    },
  });
});
