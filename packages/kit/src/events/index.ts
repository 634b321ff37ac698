export type { DomainEvent, RecordedEvent } from './event.js';
export type { EventLog, OwnedEventLog } from './event-log.js';
export { EVERY_TYPE, type CursorStore, type EventSubscription, type EventTransport } from './transport.js';
export { createInProcessTransport } from './in-process-transport.js';
export { createPullTransport, type PullTransportOptions } from './pull-transport.js';
export { createRemoteEventLog, type RemoteEventLogOptions } from './remote-event-log.js';
export { eventsRoute, type EventsRouteOptions } from './events-route.js';
export { runConsumer, type ConsumerOptions } from './run-consumer.js';
