export { orderHistory } from './order-history.js';
export type {
  DemoOrder,
  DemoOrderEvent,
  DemoOrderLine,
  DemoOrderStatus,
  OrderHistoryOptions,
} from './order.js';
