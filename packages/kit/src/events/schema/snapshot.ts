import { z } from 'zod';
import { type EventCatalogue, type EventDefinition, versionOf } from './define-events.js';

/** A part of a JSON Schema, as far as payloads use it. */
export interface JsonSchema {
  readonly type?: string | readonly string[] | undefined;
  readonly description?: string | undefined;
  readonly properties?: Readonly<Record<string, JsonSchema>> | undefined;
  readonly required?: readonly string[] | undefined;
  readonly items?: JsonSchema | undefined;
  readonly [keyword: string]: unknown;
}

/** One type of event, as it is written down. */
export interface DescribedEvent {
  readonly source: string;
  readonly version: number;
  readonly description: string;
  readonly deprecated?: string;
  readonly payload: JsonSchema;
}

/** Every type of event that the subgraphs publish, by its name: what `schema/events.json` holds. */
export type EventSnapshot = Readonly<Record<string, DescribedEvent>>;

/**
 * Writes catalogues down as JSON Schemas, in the order of names.
 *
 * @throws Error if two subgraphs publish the same type: a reader could not tell whose it is
 */
export function snapshotOf(catalogues: readonly EventCatalogue[]): EventSnapshot {
  const described = new Map<string, DescribedEvent>();
  for (const { source, definitions } of catalogues) {
    for (const [type, definition] of Object.entries(definitions)) {
      const other = described.get(type);
      if (other)
        throw new Error(`${source} and ${other.source} both publish ${type}. Give one of them another name.`);
      described.set(type, describe(source, type, definition));
    }
  }
  return Object.fromEntries([...described].sort(([left], [right]) => (left < right ? -1 : 1)));
}

function describe(source: string, type: string, definition: EventDefinition): DescribedEvent {
  const { description, deprecated, payload } = definition;
  return {
    source,
    version: versionOf(type),
    description,
    ...(deprecated === undefined ? {} : { deprecated }),
    payload: jsonSchemaOf(payload),
  };
}

/** What readers may rely on. They must bear fields they do not know, so further ones are not ruled out. */
function jsonSchemaOf(payload: z.ZodObject): JsonSchema {
  const { $schema: _, ...schema } = z.toJSONSchema(payload, {
    io: 'input',
    override({ jsonSchema }) {
      // What a whole number is in JavaScript is no rule of ours.
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    },
  });
  // zod's type of a JSON Schema has the same keywords, each with more possibilities.
  return schema as JsonSchema;
}
