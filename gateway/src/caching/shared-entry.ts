import { z } from 'zod';
import { coordinateOf } from './tagged-store.js';

/** An entry as replicas share it. */
export interface SharedValue {
  /** What happened later it may not know. Milliseconds since 1970, as the others. */
  readonly askedAt: number;
  readonly storedAt: number;
  readonly expiresAt: number;
  readonly tags: readonly string[];
  readonly text: string;
}

const head = z.tuple([z.number(), z.number(), z.number(), z.array(z.string())]);

/** A line about the value, then the value. */
export const sharedText = ({ askedAt, storedAt, expiresAt, tags, text }: SharedValue): string =>
  `${JSON.stringify([askedAt, storedAt, expiresAt, tags])}\n${text}`;

/** Undefined for what is not there, or was written by something else. */
export function readShared(shared: string | undefined): SharedValue | undefined {
  const end = shared?.indexOf('\n') ?? -1;
  if (shared === undefined || end < 0) return undefined;
  try {
    const [askedAt, storedAt, expiresAt, tags] = head.parse(JSON.parse(shared.slice(0, end)));
    return { askedAt, storedAt, expiresAt, tags, text: shared.slice(end + 1) };
  } catch {
    return undefined;
  }
}

/** What depends on one thing also goes with all of its kind. */
export const sharedTags = (tags: readonly string[]): readonly string[] => [
  ...new Set(tags.flatMap((tag) => (tag === coordinateOf(tag) ? [tag] : [tag, `${coordinateOf(tag)}*`]))),
];

/** The shared tags that go when something changes. */
export const sharedTagsOf = (coordinate: string, id: string | undefined): readonly string[] =>
  id === undefined ? [coordinate, `${coordinate}*`] : [coordinate, `${coordinate}:${id}`];
