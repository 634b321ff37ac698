/** An event of a stream, as `text/event-stream` has it. */
export interface ServerSentEvent {
  readonly event: string;
  readonly data: string;
}

/**
 * Reads events out of a stream of text, however it is cut into chunks. Comments (a server's heartbeats) are left out.
 *
 * @example for await (const { event, data } of readEvents(chunks)) console.log(event, JSON.parse(data));
 */
export async function* readEvents(chunks: AsyncIterable<string>): AsyncGenerator<ServerSentEvent> {
  let text = '';
  for await (const chunk of chunks) {
    text += chunk;
    const blocks = text.split('\n\n');
    // The last one is not whole yet.
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const fields = block.split('\n').filter((line) => line !== '' && !line.startsWith(':'));
      if (fields.length > 0)
        yield { event: valueOf('event', fields) || 'message', data: valueOf('data', fields) };
    }
  }
}

const valueOf = (name: string, fields: readonly string[]): string =>
  fields
    .filter((field) => field.startsWith(`${name}:`))
    .map((field) => field.slice(name.length + 1).replace(/^ /, ''))
    .join('\n');
