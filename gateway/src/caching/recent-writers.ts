import { createHash } from 'node:crypto';
import type { RequestContext } from '@souk/kit/subgraph';

/** Who changed something a moment ago, and therefore reads past every cache: they must see what they did. */
export interface RecentWriters {
  note(who: string): void;
  has(context: RequestContext): boolean;
}

/** Whoever can be told apart: the user, the guest's cart, or both. As digests, since replicas tell each other. */
export const writerNames = ({ viewer, cartToken }: RequestContext): readonly string[] => [
  ...(viewer.kind === 'user' ? [digest(`user ${viewer.userId}`)] : []),
  ...(cartToken === undefined ? [] : [digest(`cart ${cartToken}`)]),
];

const digest = (name: string): string => createHash('sha256').update(name).digest('base64url');

/** Most people remembered; beyond it the first ones are forgotten early. */
const MOST = 100_000;

/** @param forMs for how long, in milliseconds */
export function createRecentWriters(forMs: number, now: () => number = Date.now): RecentWriters {
  // In the order of time: who writes again moves to the end.
  const until = new Map<string, number>();
  const tidy = (): void => {
    const at = now();
    for (const [who, end] of until) {
      if (end > at && until.size <= MOST) return;
      until.delete(who);
    }
  };
  const isRecent = (who: string): boolean => (until.get(who) ?? 0) > now();
  return {
    note(who) {
      until.delete(who);
      until.set(who, now() + forMs);
      tidy();
    },
    has(context) {
      // Nobody wrote anything: the usual case.
      if (until.size === 0) return false;
      tidy();
      return writerNames(context).some(isRecent);
    },
  };
}
