import type { OrderFieldsFragment } from '@/__generated__/graphql.js';

/** An order as the page shows it. */
export type ShownOrder = OrderFieldsFragment;

/** Whether the catalogue had its say. */
export const isComplete = ({ lines }: ShownOrder): boolean => lines.every(({ variant }) => variant !== null);

/**
 * The one of two states to show. Answers overtake each other, and a page never goes back in time: an older version
 * loses. Lines do not change once ordered, so what is known of them stays while the catalogue is away.
 */
export function newest(present: ShownOrder | undefined, incoming: ShownOrder): ShownOrder {
  if (present?.id !== incoming.id) return incoming;
  if (incoming.version < present.version) return present;
  return isComplete(incoming) || !isComplete(present) ? incoming : { ...incoming, lines: present.lines };
}
