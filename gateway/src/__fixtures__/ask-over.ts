import type { Answer } from './start-gateway.js';
import { openSocket } from './socket-client.js';

/** One operation, as clients send it. */
export interface Question {
  readonly query: string;
  readonly variables?: unknown;
  /** JSON text in place of `variables`, for what `JSON.stringify` cannot write. */
  readonly variablesText?: string;
}

/** An answer whatever way it came; a refused operation has no data. */
export type Told = Pick<Answer, 'data' | 'errors'>;

export const TRANSPORTS = ['HTTP', 'WebSocket', 'SSE'] as const;

/** Asks over each transport, so that one table of cases covers all three. */
export const askOverEvery: Readonly<
  Record<(typeof TRANSPORTS)[number], (port: number, question: Question) => Promise<Told>>
> = {
  async HTTP(port, question) {
    const response = await post(port, question, 'application/graphql-response+json');
    return (await response.json()) as Told;
  },
  async WebSocket(port, question) {
    const socket = await openSocket(port);
    try {
      await socket.next();
      socket.socket.send(`{"id":"1","type":"subscribe","payload":${textOf(question)}}`);
      const { type, payload } = await socket.next();
      // An operation that was refused is answered with the list of its errors alone.
      return type === 'error' ? { errors: payload as Told['errors'] & object } : (payload as Told);
    } finally {
      socket.close();
    }
  },
  async SSE(port, question) {
    const response = await post(port, question, 'text/event-stream');
    const text = await response.text();
    const data = /^event: next\ndata: (.*)$/m.exec(text)?.[1];
    // What is refused before the stream begins is answered with JSON.
    return JSON.parse(data ?? text) as Told;
  },
};

const textOf = ({ query, variables, variablesText }: Question): string =>
  variablesText === undefined
    ? JSON.stringify({ query, variables })
    : `{"query":${JSON.stringify(query)},"variables":${variablesText}}`;

const post = (port: number, question: Question, accept: string): Promise<Response> =>
  fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept },
    body: textOf(question),
  });
