import { z } from 'zod';
import type { DomainEvent } from '../event.js';
import { registerCatalogue } from './registry.js';

/** One kind of event, as its owner promises it to everybody. */
export interface EventDefinition<Payload extends z.ZodObject = z.ZodObject> {
  /** What it means that it happened, in a sentence or two. */
  readonly description: string;
  /** What it carries. Describe fields with `.describe()`; transforms and coercions have no place here. */
  readonly payload: Payload;
  /** Why it will go away, and what to read instead. A type may be removed only after this was published. */
  readonly deprecated?: string;
}

export type EventDefinitions = Readonly<Record<string, EventDefinition>>;

/** All that one subgraph publishes. */
export interface EventCatalogue<Definitions extends EventDefinitions = EventDefinitions> {
  /** The subgraph. */
  readonly source: string;
  readonly definitions: Definitions;
  /**
   * Throws unless the event is as its type is described.
   * @throws Error that names the event's type and every field that is wrong, but no value
   */
  check(event: DomainEvent): void;
}

/** The payload of one type of a catalogue. */
export type PayloadOf<Catalogue extends EventCatalogue, Type extends keyof Catalogue['definitions']> =
  Catalogue['definitions'][Type] extends EventDefinition<infer Payload> ? z.output<Payload> : never;

/**
 * Describes what a subgraph publishes. From then on `appendEvents` and `pendingPush` let none of its events pass
 * that is not as described, and `npm run events` documents them and refuses changes that would break readers.
 *
 * A type's name carries its version: `order.placed` is version 1, and a version that old readers could not read is
 * another type, `order.placed@2`, published beside the first until nobody reads that one any more.
 *
 * @param source the subgraph's name, which is its events' `source`
 * @example
 * export const published = defineEvents('inventory', {
 *   'stock.committed': {
 *     description: 'The units of an order have left the warehouse.',
 *     payload: z.object({ orderId: z.string().describe('The order.') }),
 *   },
 * });
 */
export function defineEvents<const Definitions extends EventDefinitions>(
  source: string,
  definitions: Definitions,
): EventCatalogue<Definitions> {
  for (const type of Object.keys(definitions)) versionOf(type);
  // A field that nobody described must not leave: readers would come to rely on it.
  const strict = new Map(Object.entries(definitions).map(([type, { payload }]) => [type, payload.strict()]));
  const catalogue: EventCatalogue<Definitions> = {
    source,
    definitions,
    check({ type, payload }) {
      const schema = strict.get(type);
      if (schema === undefined) {
        throw new Error(`${source} publishes ${type} without describing it. Add it to its defineEvents.`);
      }
      const parsed = schema.safeParse(payload);
      if (!parsed.success) {
        throw new Error(
          `${source} publishes ${type} unlike it describes it:\n${z.prettifyError(parsed.error)}`,
        );
      }
    },
  };
  registerCatalogue(catalogue);
  return catalogue;
}

const TYPE = /^[a-z]+(?:-[a-z]+)*\.[a-z]+(?:-[a-z]+)*(?:@([2-9]|[1-9]\d+))?$/;

/**
 * The version that a type's name carries.
 * @throws Error for what is no name of a type
 */
export function versionOf(type: string): number {
  const match = TYPE.exec(type);
  if (!match) {
    throw new Error(
      `"${type}" is no event type: write <noun>.<participle>, or <noun>.<participle>@<version from 2>.`,
    );
  }
  return Number(match[1] ?? 1);
}
