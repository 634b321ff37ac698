export { checkRabbitMq } from './check-rabbitmq.js';
export { createRabbitMqTransport, type RabbitMqTransportOptions } from './rabbitmq-transport.js';
export { forgetMessages, servicesAtBroker, type ShopQueues } from './forget-messages.js';
