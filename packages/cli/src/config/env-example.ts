import type { z } from 'zod';
import { configSchema } from './schema.js';

/** The text of `.env.example`: each variable with its description, and commented out at its default. */
export function renderEnvExample(): string {
  const entries = Object.entries(configSchema.shape).map(([name, schema]) => {
    const description = wrap(schema.description ?? '', 100).map((line) => `# ${line}`);
    return [...description, `#${name}=${defaultOf(schema)}`].join('\n');
  });
  return `${HEADER}\n\n${entries.join('\n\n')}\n`;
}

const HEADER = [
  '# Copy this file to .env and change what you need; what the environment sets wins over the file.',
  '# Written by "npm run env-example" from packages/cli/src/config/schema.ts: change it there.',
].join('\n');

/** An absent variable gives the default, so the schema itself is asked. */
function defaultOf(schema: z.ZodType): string {
  const parsed = schema.safeParse(undefined);
  const { data } = parsed;
  return ['string', 'number', 'boolean'].includes(typeof data) ? String(data) : '';
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
