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
  /**
   * What a subgraph's events can change may be outdated if it was asked for before now: the log is heard from here on.
   * `isSaved` if this is where a replica was, so that it has dropped what replicas share.
   */
  readonly onBegin: (source: string, rules: EventRules, isSaved: boolean) => void;
  readonly onEvents: (source: string, events: readonly RecordedEvent[], rules: EventRules) => void;
}

/**
 * Up to where any replica has heard each log, under the same rules: of what other rules say events change, it has
 * dropped nothing.
 */
export interface SharedPositions {
  load(name: string): Promise<number | undefined>;
  save(name: string, position: number): void;
}

/** Follows every log that matters. */
export interface Followers {
  /** Follows those that these rules are about, each from where it was heard when the same was said of it. */
  follow(rules: EventRules, subgraphs: readonly SubgraphAddress[]): void;
  stop(): Promise<void>;
}

interface Follower {
  stop(): Promise<void>;
}

export function createFollowers(deps: FollowersDeps): Followers {
  const { logs, logger, trust, positions, onBegin, onEvents } = deps;
  const heard = new Map<string, number>();
  const following = new Map<string, Follower>();

  const begin = (source: string, rules: EventRules, log: EventLog): Follower => {
    const name = `${source} ${rules.idOf(source)}`;
    let isFollowed = true;
    const position: Position = {
      get heard() {
        return heard.get(name);
      },
      load: async () => positions?.load(name),
      save(at) {
        // What comes when it is over was not taken in.
        if (!isFollowed) return;
        heard.set(name, at);
        positions?.save(name, at);
      },
    };
    const running = followEvents({
      source,
      types: rules.types.get(source) ?? [],
      log,
      logger,
      position,
      onBegin: (isSaved) => {
        if (isFollowed) onBegin(source, rules, isSaved);
      },
      onEvents: (events) => {
        if (isFollowed) onEvents(source, events, rules);
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
      const wanted = new Map(
        subgraphs
          .filter(({ name }) => rules.types.has(name))
          .map((subgraph) => [`${subgraph.name} ${subgraph.url} ${rules.idOf(subgraph.name)}`, subgraph]),
      );
      for (const [what, follower] of following) {
        if (wanted.has(what)) continue;
        following.delete(what);
        void follower.stop();
      }
      for (const [what, subgraph] of wanted) {
        if (following.has(what)) continue;
        const log = logs?.(subgraph);
        if (log) following.set(what, begin(subgraph.name, rules, log));
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
