export type { DomainEvent, RecordedEvent } from './event.js';
export type { EventLog } from './event-log.js';
export type { CursorStore, EventSubscription, EventTransport } from './transport.js';
