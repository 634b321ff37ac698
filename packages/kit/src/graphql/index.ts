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
export { DateTimeScalar, JsonScalar } from './scalars.js';
