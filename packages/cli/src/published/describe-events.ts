import { type DescribedEvent, type EventSnapshot, type JsonSchema, alternativesOf } from '@souk/kit/events';

const HEADER = `# Events

What the subgraphs tell each other, one section a subgraph. Written by \`npm run events\` from each subgraph's
\`src/events/published.ts\`; [schema/events.json](../schema/events.json) has the same as JSON Schemas.

Every event also carries \`id\`, \`source\`, \`aggregateId\`, \`version\` (of the aggregate), \`occurredAt\`, \`correlationId\` and
\`position\`; how it travels is in [packages/kit/src/events](../packages/kit/src/events/README.md). A type's name carries
the version of its payload: \`order.placed\` is version 1, \`order.placed@2\` the next. Within a version only words change and
optional fields are added; \`npm run events\` refuses anything else, and any field without a meaning.
`;

/** The text of docs/events.md. */
export function describeEvents(snapshot: EventSnapshot): string {
  const sources = [...new Set(Object.values(snapshot).map(({ source }) => source))].sort();
  const sections = sources.map((source) => {
    const events = Object.entries(snapshot).filter(([, event]) => event.source === source);
    return [`## ${source}`, ...events.map(([type, event]) => describeEvent(type, event))].join('\n\n');
  });
  return `${[HEADER.trim(), ...sections].join('\n\n')}\n`;
}

function describeEvent(type: string, { description, deprecated, payload }: DescribedEvent): string {
  const rows = fieldsOf(payload, '');
  return [
    `### \`${type}\``,
    ...(deprecated === undefined ? [] : [`**Deprecated.** ${deprecated}`]),
    description,
    ...(rows.length === 0
      ? ['It carries nothing.']
      : [['| field | type | meaning |', '| --- | --- | --- |', ...rows].join('\n')]),
  ].join('\n\n');
}

/** One row a field, those of objects and lists below their own. */
function fieldsOf(schema: JsonSchema, path: string): string[] {
  const alternatives = alternativesOf(schema);
  if (alternatives.length > 0) return [...new Set(alternatives.flatMap((one) => fieldsOf(one, path)))];
  const required = new Set(schema.required);
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const at = `${path}${name}`;
    const optional = required.has(name) ? '' : ', optional';
    const row = `| \`${at}\` | ${escape(typeOf(field))}${optional} | ${escape(field.description ?? '')} |`;
    return [row, ...fieldsOf(field, `${at}.`), ...(field.items ? fieldsOf(field.items, `${at}[].`) : [])];
  });
}

function typeOf(schema: JsonSchema): string {
  const alternatives = alternativesOf(schema);
  if (alternatives.length > 0) return [...new Set(alternatives.map(typeOf))].join(' or ');
  if (Array.isArray(schema['enum'])) return schema['enum'].map((value) => JSON.stringify(value)).join(', ');
  if ('const' in schema) return JSON.stringify(schema['const']);
  if (schema.items) return `list of ${typeOf(schema.items)}`;
  const type = Array.isArray(schema.type) ? schema.type.join(' or ') : String(schema.type ?? 'anything');
  return typeof schema['format'] === 'string' ? `${type} (${schema['format']})` : type;
}

const escape = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
