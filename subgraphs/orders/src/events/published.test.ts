import { expect, test } from 'vitest';
import { tell, upTo } from '../domain/__fixtures__/an-order.js';
import { PUBLISHED } from './published.js';

const CANCEL = { type: 'Cancel', reason: null } as const;
const SHIPPED = { type: 'Transition', to: 'SHIPPED', message: null } as const;

test('whatever an order sends is as described, and all that is described is sent', () => {
  const stories = [
    tell(...upTo('COMPLETE'), { type: 'Return', reason: null }, { type: 'ReportReturned' }),
    tell(...upTo('SCHEDULED'), CANCEL, { type: 'ReportShipmentCancelled' }),
    tell(...upTo('SCHEDULED'), SHIPPED),
    tell(...upTo('RESERVED'), { type: 'ReportPaymentDeclined', reason: 'No.' }),
    tell({ type: 'ReportStockRefused', variantId: 'v1', requested: 2, available: 0 }),
    tell(120_000),
  ];
  const sent = stories.flatMap(({ messages }) => messages);
  const schemas: Readonly<Record<string, (typeof PUBLISHED)[keyof typeof PUBLISHED]>> = PUBLISHED;
  for (const { type, payload } of sent) expect(schemas[type]?.strict().parse(payload)).toEqual(payload);
  expect(new Set(sent.map(({ type }) => type))).toEqual(new Set(Object.keys(PUBLISHED)));
});
