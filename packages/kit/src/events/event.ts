/**
 * Something that happened in one domain and that others care about. Written in the same transaction as the change
 * it tells of, delivered at least once, possibly late, twice or out of order.
 */
export interface DomainEvent<Type extends string = string, Payload = unknown> {
  /** Globally unique; consumers drop an id they have seen. */
  readonly id: string;
  /** `<noun>.<past participle>`, for example `stock.reserved`; a command is `<noun>.<verb>-requested`. */
  readonly type: Type;
  /** The subgraph that owns the aggregate. */
  readonly source: string;
  readonly aggregateId: string;
  /** Grows by at least one with each event of the aggregate: a consumer drops what is old. */
  readonly version: number;
  /** ISO 8601, UTC. */
  readonly occurredAt: string;
  /** Joins everything that one client request set in motion (an order id, usually). */
  readonly correlationId: string;
  readonly payload: Payload;
}

/** An event with its place in its owner's log. */
export interface RecordedEvent<Type extends string = string, Payload = unknown> extends DomainEvent<
  Type,
  Payload
> {
  /** Starts at 1 and has no gaps that ever fill later: a reader that has seen n will never miss one below n. */
  readonly position: number;
}
