import { EVERY_TYPE } from '../transport.js';

/** How exchanges and queues are called on the broker. */
export interface BrokerNames {
  /** The topic exchange that every event goes through; its routing key is {@link routingKey}. */
  readonly exchange: string;
  /** Where messages go that nobody could read, or that killed their reader too often. */
  readonly deadLetters: string;
  /** One consumer's queue of one owner's events. */
  queue(consumer: string, owner: string): string;
  /** Whoever holds this queue publishes the owner's log. */
  publisher(owner: string): string;
}

export const brokerNames = (prefix: string): BrokerNames => ({
  exchange: `${prefix}.events`,
  deadLetters: `${prefix}.dead-letters`,
  queue: (consumer, owner) => `${prefix}.${consumer}.from.${owner}`,
  publisher: (owner) => `${prefix}.publisher.${owner}`,
});

/** `<owner>.<type>`, for example `inventory.stock.reserved`. */
export const routingKey = (owner: string, type: string): string => `${owner}.${type}`;

/** What a queue is bound by to get a type, or every type. */
export const bindingKey = (owner: string, type: string): string =>
  routingKey(owner, type === EVERY_TYPE ? '#' : type);
