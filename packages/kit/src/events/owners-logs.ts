import type { EventLog } from './event-log.js';
import { createRemoteEventLog } from './remote-event-log.js';

/** Where consumers find the logs of owners. */
export interface OwnersLogs {
  /** Tells of a log in this process. */
  attach(owner: string, log: EventLog): void;
  /** The log of an owner for one reader; waits for an owner that is not there yet. */
  of(owner: string, reader: string): Promise<EventLog>;
}

/** The logs of this process. Owners and readers may come in any order. */
export function createLocalLogs(): OwnersLogs {
  const logs = new Map<string, EventLog>();
  const waiting = new Map<string, ((log: EventLog) => void)[]>();
  return {
    attach(owner, log) {
      logs.set(owner, log);
      for (const use of waiting.get(owner) ?? []) use(log);
      waiting.delete(owner);
    },
    of(owner) {
      const log = logs.get(owner);
      if (log) return Promise.resolve(log);
      return new Promise((use) => waiting.set(owner, [...(waiting.get(owner) ?? []), use]));
    },
  };
}

/** Where the logs of other processes are. */
export interface RemoteLogsOptions {
  /** The base URL of a subgraph. */
  readonly urlOf: (owner: string) => string;
  /** Shared by all subgraphs, at least 32 characters. */
  readonly secret: string;
}

/** The logs of other processes, each read from its owner's signed `GET /events`, which it serves with `eventsRoute`. */
export const createRemoteLogs = ({ urlOf, secret }: RemoteLogsOptions): OwnersLogs => ({
  attach() {},
  of: async (owner, reader) => createRemoteEventLog({ owner, reader, url: () => urlOf(owner), secret }),
});
