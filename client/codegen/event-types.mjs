import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Codegen plugin: the names of all events that subgraphs publish, for what lists them. */
export function plugin() {
  const file = path.join(import.meta.dirname, '../../schema/events.json');
  const types = Object.keys(JSON.parse(readFileSync(file, 'utf8'))).sort();
  return `export const EVENT_TYPES = ${JSON.stringify(types)} as const;\n`;
}
