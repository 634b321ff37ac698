import type { Logger } from '@souk/kit/log';
import type { SqlExecutor } from '@souk/kit/postgres';
import type { RequestContext } from '@souk/kit/subgraph';
import type { AnalyticsDatabase } from '../store/database.js';

/** What resolvers get. */
export interface Context extends RequestContext {
  readonly database: AnalyticsDatabase;
  /** Its pool, for readers. */
  readonly sql: SqlExecutor;
  readonly clock: () => Date;
  readonly logger: Logger;
}
