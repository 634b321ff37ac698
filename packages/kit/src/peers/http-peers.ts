import { randomUUID } from 'node:crypto';
import type { ExecutionResult } from 'graphql';
import { ENVELOPE_HEADER, signEnvelope } from '../auth/envelope.js';
import { AppError } from '../errors/app-error.js';
import type { Peers } from './peers.js';

/**
 * Peers in processes of their own, reached over HTTP with a signed envelope.
 *
 * @param options.service who asks
 * @param options.urlOf base URL of a subgraph, without `/graphql`
 * @param options.timeoutMs @default 2000
 */
export function createHttpPeers(options: {
  service: string;
  urlOf: (subgraph: string) => string;
  secret: string;
  timeoutMs?: number;
}): Peers {
  const { service, secret } = options;
  return {
    async execute(subgraph, { query, variables, requestId = randomUUID() }) {
      const envelope = await signEnvelope(
        { viewer: { kind: 'service', service }, requestId },
        { audience: subgraph, secret },
      );
      try {
        const response = await fetch(`${options.urlOf(subgraph)}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', [ENVELOPE_HEADER]: envelope },
          body: JSON.stringify({ query, variables }),
          signal: AbortSignal.timeout(options.timeoutMs ?? 2000),
        });
        // A subgraph of ours answers GraphQL with this shape; a proxy's error page fails to parse and is caught below.
        return (await response.json()) as ExecutionResult;
      } catch (cause) {
        throw new AppError('UNAVAILABLE', `The service ${subgraph} cannot be reached. Try again.`, { cause });
      }
    },
  };
}
