import { viewOfSteps } from '../domain/saga-record.js';
import type { SagaResolvers } from '../__generated__/resolvers-types.js';
import { readableOrder } from './readable-order.js';

export const Saga: SagaResolvers = {
  order: ({ orderId }, _args, context) => readableOrder(context, orderId, null),
  steps: ({ steps }) => [...viewOfSteps(steps)],
  history: async ({ orderId }, _args, { sagaHistories }) => [
    ...((await sagaHistories.load(orderId))?.entries ?? []),
  ],
};
