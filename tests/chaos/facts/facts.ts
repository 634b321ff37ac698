import type { Told } from './told.js';

/** Where an order stands, as the graph says it. */
export interface OrderFact {
  readonly id: string;
  readonly number: string;
  /** The idempotency key that it was placed with. */
  readonly key: string;
  readonly status: string;
  /** True once a delivered order has come back. It stays COMPLETE. */
  readonly isReturned: boolean;
  readonly version: number;
  readonly totalMinor: number;
  readonly lines: readonly Line[];
}

export interface Line {
  readonly variantId: string;
  readonly quantity: number;
}

/** Units of a variant. */
export interface Stock {
  readonly onHand: number;
  readonly available: number;
  readonly reserved: number;
}

/** An event as its owner's log has it. */
export interface EventFact {
  readonly id: string;
  /** The owner. */
  readonly source: string;
  readonly type: string;
  /** Place in the owner's log; 0 for one that has none yet. */
  readonly position: number;
  readonly aggregateId: string;
  readonly version: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Money that moved, as the payment provider's own books have it. */
export interface Movement {
  readonly orderId: string;
  /** `release` lets go of whatever is held. */
  readonly kind: 'hold' | 'capture' | 'release' | 'refund';
  readonly amountMinor: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** An event that a consumer set aside. */
export interface DeadLetter {
  readonly consumer: string;
  readonly type: string;
  readonly error: string;
  readonly orderId?: string;
}

/** A saga that has not ended. */
export interface OpenSaga {
  readonly orderId: string;
  /** Where it stands, in words. */
  readonly standing: string;
}

/** Something that happened to a step of a saga, as its history has it. */
export interface SagaEntryFact {
  readonly orderId: string;
  /** Place in the history of its order, from 1. */
  readonly sequence: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly step: string;
  /** ASKED, ASKED_AGAIN, DONE... */
  readonly type: string;
}

/** A parcel. */
export interface ShipmentFact {
  readonly orderId: string;
  readonly status: string;
  /** Whether it was asked to come back. */
  readonly isReturnWanted: boolean;
}

/** What the event store says of itself. */
export interface EventStoreFact {
  /** Undefined for a chain that is intact; else what is wrong, in words. */
  readonly broken: string | undefined;
  /** Ids of the events that it has; one that it has twice stands there twice. */
  readonly eventIds: readonly string[];
  /** Rows of reports that come out otherwise when all events are replayed. */
  readonly differences: number;
}

/** Everything that is known after a run: what people were told, and what is true. */
export interface Facts {
  readonly told: readonly Told[];
  /** Orders made during the run. */
  readonly orders: readonly OrderFact[];
  readonly openSagas: readonly OpenSaga[];
  /** Of orders made during the run, each order's history in its order. */
  readonly sagaLog: readonly SagaEntryFact[];
  /** Of every owner, each log in order of position. */
  readonly events: readonly EventFact[];
  readonly stockBefore: ReadonlyMap<string, Stock>;
  readonly stockAfter: ReadonlyMap<string, Stock>;
  readonly movements: readonly Movement[];
  readonly shipments: readonly ShipmentFact[];
  readonly deadLetters: readonly DeadLetter[];
  readonly eventStore: EventStoreFact;
}
