import type { Logger } from '@souk/kit/log';
import type { RequestContext } from '@souk/kit/subgraph';
import type { Passwords } from '../passwords/passwords.js';
import type { UsersDatabase } from '../store/database.js';
import type { FailureThrottle } from '../throttle/failure-throttle.js';
import type { IssueAccessToken } from '../tokens/access-token.js';

/** What commands work with. */
export interface CommandDeps {
  readonly database: UsersDatabase;
  readonly passwords: Passwords;
  readonly throttle: FailureThrottle;
  readonly issueAccessToken: IssueAccessToken;
  readonly clock: () => Date;
  readonly newId: () => string;
  readonly logger: Logger;
  /** Tells the relay that an event has been written. */
  readonly eventsWritten: () => void;
}

/** What commands want to know of the request. */
export type CommandRequest = Pick<RequestContext, 'requestId' | 'clientAddress'>;
