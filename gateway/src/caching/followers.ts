import type { EventLog, RecordedEvent } from '@souk/kit/events';
import type { Logger } from '@souk/kit/log';
import type { SubgraphAddress } from '../transport/subgraph-transport.js';
import type { EventRules } from './event-rules.js';
import { followEvents, type Position } from './follow-events.js';
import type { Trust } from './trust.js';

/** Finds the log of a subgraph's events; undefined if it cannot be read from here. */
export type EventLogs = (subgraph: SubgraphAddress) => EventLog | undefined;

export interface FollowersDeps {
  readonly logs: EventLogs | undefined;
  readonly logger: Logger;
  readonly trust: Trust;
  /** Where what was heard is remembered besides this process's memory. @default nowhere */
  readonly positions?: SharedPositions | undefined;
  readonly onEvents: (source: string, events: readonly RecordedEvent[], rules: EventRules) => void;
}

/** Up to where any replica has heard each log. */
export interface SharedPositions {
  load(source: string): Promise<number | undefined>;
  save(source: string, position: number): void;
}

/** Follows every log that matters. */
export interface Followers {
  /** Follows those that these rules are about, each from where it stands. */
  follow(rules: EventRules, subgraphs: readonly SubgraphAddress[]): void;
  stop(): Promise<void>;
}

interface Follower {
  stop(): Promise<void>;
}

export function createFollowers(deps: FollowersDeps): Followers {
  const { logs, logger, trust, positions, onEvents } = deps;
  const heard = new Map<string, number>();
  const following = new Map<string, Follower>();
  let inForce: EventRules | undefined;

  const begin = (source: string, types: readonly string[], log: EventLog): Follower => {
    const position: Position = {
      load: async () => heard.get(source) ?? (await positions?.load(source)),
      save(at) {
        heard.set(source, at);
        positions?.save(source, at);
      },
    };
    let isFollowed = true;
    const running = followEvents({
      source,
      types,
      log,
      logger,
      position,
      onEvents: (events) => {
        if (isFollowed && inForce) onEvents(source, events, inForce);
      },
      onHeard: (isHeard) => {
        if (isFollowed) trust.heard(source, isHeard);
      },
    });
    return {
      stop() {
        isFollowed = false;
        trust.heard(source, false);
        return running.stop();
      },
    };
  };

  return {
    follow(rules, subgraphs) {
      inForce = rules;
      const wanted = new Map(
        subgraphs.flatMap((subgraph) => {
          const types = rules.types.get(subgraph.name);
          return types ? [[`${subgraph.name} ${subgraph.url} ${types.join()}`, { subgraph, types }]] : [];
        }),
      );
      for (const [what, follower] of following) {
        if (wanted.has(what)) continue;
        following.delete(what);
        void follower.stop();
      }
      for (const [what, { subgraph, types }] of wanted) {
        if (following.has(what)) continue;
        const log = logs?.(subgraph);
        if (log) following.set(what, begin(subgraph.name, types, log));
        else {
          const told = { subgraph: subgraph.name };
          logger.warn(told, 'its events cannot be followed: what they change is not cached');
        }
      }
    },
    async stop() {
      await Promise.all([...following.values()].map((follower) => follower.stop()));
    },
  };
}
