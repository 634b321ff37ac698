import { defineEvents, snapshotOf } from '@souk/kit/events';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { describeEvents } from './describe-events.js';

test('each event has its words and a row a field, however deep', () => {
  const published = defineEvents('shelf', {
    'book.lent': {
      description: 'Somebody took a book home.',
      payload: z.object({
        bookId: z.string().describe('Which one | of many.'),
        state: z.enum(['NEW', 'USED']),
        until: z.iso.datetime().nullable().optional(),
        by: z.discriminatedUnion('kind', [
          z.object({ kind: z.literal('person'), age: z.number() }),
          z.object({ kind: z.literal('school'), age: z.number() }),
        ]),
        readers: z.array(z.object({ name: z.string().describe('Who.') })),
      }),
    },
    'book.lost': { description: 'Gone.', deprecated: 'Read book.missing.', payload: z.object({}) },
  });
  const text = describeEvents(snapshotOf([published]));
  expect(text.slice(text.indexOf('## shelf'))).toBe(`## shelf

### \`book.lent\`

Somebody took a book home.

| field | type | meaning |
| --- | --- | --- |
| \`bookId\` | string | Which one \\| of many. |
| \`state\` | "NEW", "USED" |  |
| \`until\` | string (date-time) or null, optional |  |
| \`by\` | object |  |
| \`by.kind\` | "person" |  |
| \`by.age\` | number |  |
| \`by.kind\` | "school" |  |
| \`readers\` | list of object |  |
| \`readers[].name\` | string | Who. |

### \`book.lost\`

**Deprecated.** Read book.missing.

Gone.

It carries nothing.
`);
});
