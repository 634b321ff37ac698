export { isDuplicateKey } from './append.js';
export { connectMongo, type MongoConnection, type MongoOptions } from './connect.js';
export { createMongoConsumer, type MongoConsumerOptions } from './consumer.js';
export { mongoDeadLetters } from './dead-letters.js';
export { ensureIndexes } from './ensure-indexes.js';
export { prepareEvents } from './event-documents.js';
export { createMongoEventLog, type MongoEventLogOptions } from './event-log.js';
export {
  MAX_PENDING,
  pendingPush,
  requireRoom,
  roomForEvents,
  type PendingEvents,
} from './pending-events.js';
