import { EVENT_TYPES } from '@/__generated__/event-types.js';

const subjectOf = (type: string): string => type.slice(0, type.indexOf('.'));

/** The types of events by what they are about: `order` with `order.placed`, `order.paid` and so on. */
export const SUBJECTS: ReadonlyMap<string, readonly string[]> = new Map(
  [...new Set(EVENT_TYPES.map(subjectOf))].map((subject) => [
    subject,
    EVENT_TYPES.filter((type) => subjectOf(type) === subject),
  ]),
);

/**
 * The types that a choice stands for: one, or all about a subject. Undefined for what nobody publishes.
 *
 * @example typesOf('order.paid') // ['order.paid']
 * @example typesOf('order') // ['order.cancelled', 'order.completed', …]
 */
export function typesOf(kind: string): readonly string[] | undefined {
  const all = SUBJECTS.get(kind);
  if (all) return all;
  return EVENT_TYPES.some((type) => type === kind) ? [kind] : undefined;
}
