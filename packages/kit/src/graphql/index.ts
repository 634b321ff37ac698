export { batchById } from './batch.js';
export {
  MAX_PAGE_SIZE,
  connectionOf,
  decodeCursor,
  encodeCursor,
  pageRequest,
  type Connection,
  type PageArguments,
  type PageRequest,
} from './connection.js';
export { pushStream, type PushSource } from './push-stream.js';
export { DateTimeScalar, JsonScalar } from './scalars.js';
