import type { TextTransport } from '../subgraph-transport.js';
import { newReplica, type Replica } from './replica.js';

/** The replicas that a subgraph has at the moment. */
export interface ReplicaSet {
  readonly current: readonly Replica[];
  /** Makes these the replicas: known ones stay, new ones are added, others finish what they do and are let go. */
  replace(keys: readonly string[]): void;
  close(graceMs: number): Promise<void>;
}

/** How long a replica that is gone may take over its last answers, in milliseconds. */
const LAST_ANSWERS_MS = 30_000;

/** @param open makes the way to one replica, by its URL or address */
export function createReplicaSet(keys: readonly string[], open: (key: string) => TextTransport): ReplicaSet {
  const add = (key: string): Replica => newReplica(key, open(key));
  let current = [...new Set(keys)].map(add);

  return {
    get current() {
      return current;
    },
    replace(wanted) {
      const before = new Map(current.map((replica) => [replica.key, replica]));
      current = [...new Set(wanted)].map((key) => before.get(key) ?? add(key));
      for (const replica of current) before.delete(replica.key);
      // What goes wrong with the last answers of one that is gone concerns those who wait for them.
      before.forEach(({ transport }) => void transport.close(LAST_ANSWERS_MS).catch(() => {}));
    },
    async close(graceMs) {
      await Promise.all(current.map(({ transport }) => transport.close(graceMs)));
    },
  };
}
