import { readEvents } from './read-events.js';
import type { Subscriber, SubscriberOptions } from './subscriber.js';

/** The gateway's heart beats every twelve seconds. */
const SILENCE_MS = 20_000;

/**
 * Each subscription over a request of its own, answered with a stream of events (GraphQL over SSE, distinct connections).
 *
 * @param options.silenceMs a stream that says nothing for so long is given up, in milliseconds @default 20_000
 */
export function overSse({
  url,
  identity,
  silenceMs = SILENCE_MS,
}: SubscriberOptions & { readonly silenceMs?: number }): Subscriber {
  const closing = new AbortController();

  async function* subscribe<Data extends object>(
    query: string,
    variables: Readonly<Record<string, unknown>>,
  ): AsyncGenerator<Data> {
    const silent = new AbortController();
    const silence = setTimeout(() => silent.abort(), silenceMs);
    try {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...identity },
        body: JSON.stringify({ query, variables }),
        signal: AbortSignal.any([closing.signal, silent.signal]),
      });
      const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
      if (!response.body || !isStream) throw new Error(`no stream, but ${response.status}`);
      const chunks = alive(response.body.pipeThrough(new TextDecoderStream()), () => silence.refresh());
      for await (const { event, data } of readEvents(chunks)) {
        if (event !== 'next') return;
        // What the graph pushes is what the query asked for.
        const result = JSON.parse(data) as { data?: Data | null; errors?: readonly { message: string }[] };
        if (result.errors?.[0]) throw new Error(result.errors[0].message);
        if (result.data) yield result.data;
      }
    } finally {
      clearTimeout(silence);
      silent.abort();
    }
  }
  return { way: 'SSE', subscribe, close: async () => closing.abort() };
}

/** The same chunks; each of them is a sign of life. */
async function* alive(chunks: AsyncIterable<string>, onLife: () => void): AsyncGenerator<string> {
  for await (const chunk of chunks) {
    onLife();
    yield chunk;
  }
}
