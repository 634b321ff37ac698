import { DateTimeScalar } from '@souk/kit/graphql';
import type { Resolvers } from '../__generated__/resolvers-types.js';
import { Cart } from './cart.js';
import { Mutation } from './mutation.js';
import { Order } from './order.js';
import { Query } from './query.js';
import { Shipment } from './shipment.js';
import { ShipmentEvent } from './shipment-event.js';
import { ShippingOption } from './shipping-option.js';

export const resolvers: Resolvers = {
  Cart,
  DateTime: DateTimeScalar,
  Mutation,
  Order,
  Query,
  Shipment,
  ShipmentEvent,
  ShippingOption,
};
