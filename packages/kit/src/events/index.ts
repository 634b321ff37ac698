export type { DomainEvent, RecordedEvent } from './event.js';
export type { Bookmark, EventLog, OwnedEventLog } from './event-log.js';
export type { DeadLetter, DeadLetters, WhichLetters } from './dead-letters.js';
export { EVERY_TYPE, type CursorStore, type EventSubscription, type EventTransport } from './transport.js';
export { createInProcessTransport } from './in-process-transport.js';
export { createPullTransport, type PullTransportOptions } from './pull-transport.js';
export { createUnrulyTransport, type UnrulyOptions } from './unruly-transport.js';
export { openTransport, type OpenTransportOptions } from './open-transport.js';
export { createLocalLogs, createRemoteLogs, type OwnersLogs, type RemoteLogsOptions } from './owners-logs.js';
export { createRemoteEventLog, type RemoteEventLogOptions } from './remote-event-log.js';
export { eventsRoute, type EventsRouteOptions } from './events-route.js';
export { runConsumer, type ConsumerOptions } from './run-consumer.js';
export {
  defineEvents,
  versionOf,
  type EventCatalogue,
  type EventDefinition,
  type EventDefinitions,
  type PayloadOf,
} from './schema/define-events.js';
export { incompatibilities } from './schema/compatibility.js';
export { alternativesOf, undescribedFields } from './schema/undescribed-fields.js';
export { snapshotOf, type DescribedEvent, type EventSnapshot, type JsonSchema } from './schema/snapshot.js';
