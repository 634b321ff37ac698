import { setTimeout as delay } from 'node:timers/promises';
import type { GraphClient, Identity, Reply } from './graph-client.js';

/** Attempts before nobody believes any more that the machine is only busy. */
const ATTEMPTS = 6;

/**
 * Asks again until there is an answer. Before the first fault only a busy machine keeps the shop from answering, and
 * that is no failure of it. What is asked must do no harm when it is done twice.
 *
 * @param options.pauseMs between two attempts @default 1_000
 * @example const patient = patientClient(graph); await patient.ask(LOGIN, { input });
 */
export function patientClient(graph: GraphClient, { pauseMs = 1_000 } = {}): GraphClient {
  return {
    url: graph.url,
    async ask<Data>(
      query: string,
      variables?: Readonly<Record<string, unknown>>,
      identity?: Identity,
    ): Promise<Reply<Data>> {
      for (let attempt = 1; ; attempt += 1) {
        const reply = await graph.ask<Data>(query, variables, identity);
        if (reply.answered || attempt === ATTEMPTS) return reply;
        await delay(pauseMs);
      }
    },
  };
}
