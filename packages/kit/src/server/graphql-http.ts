import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApolloServer, HeaderMap } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import type { GraphQLError } from 'graphql';
import { ENVELOPE_HEADER } from '../auth/envelope.js';
import { maskError } from '../errors/mask.js';
import type { Logger } from '../log/logger.js';
import type { SubgraphApp } from '../subgraph/app.js';
import { type CallerPatience, patienceOf } from './caller-patience.js';
import { readJsonBody } from './read-body.js';
import { type EnvelopeRules, readEnvelope } from './read-envelope.js';

/** Largest operation a subgraph reads, in bytes: the gateway's own limit plus room for representations. */
const BODY_LIMIT = 8 * 1024 * 1024;

const headersOf = (request: IncomingMessage): HeaderMap => {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
};

/** GraphQL over HTTP for one subgraph: Apollo Server over the subgraph's schema, context from the signed envelope. */
export async function createGraphqlHttp(app: SubgraphApp, rules: EnvelopeRules, logger: Logger) {
  const server = new ApolloServer<object>({
    schema: app.schema,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    // The gateway does not read inline traces, and the plugin announces itself on standard output.
    plugins: [ApolloServerPluginInlineTraceDisabled()],
    formatError: (_formatted, error) =>
      // Apollo Server types the argument as unknown; execution, validation and syntax errors are all GraphQLErrors.
      maskError(error as GraphQLError, ({ errorId, error: cause, path }) => {
        logger.error({ err: cause, errorId, path }, 'resolver failed');
      }).toJSON(),
  });
  await server.start();

  return {
    async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
      const patience = patienceOf(request, response);
      try {
        const answer = respond(request, response, patience);
        // What goes wrong when nobody waits any more interests nobody.
        answer.catch(() => {});
        await Promise.race([answer, patience.over]);
      } finally {
        patience.end();
      }
    },
    stop: () => server.stop(),
  };

  async function respond(request: IncomingMessage, response: ServerResponse, { signal }: CallerPatience) {
    const context = await readEnvelope(request.headers[ENVELOPE_HEADER], rules);
    const url = new URL(request.url ?? '/', 'http://subgraph');
    const result = await server.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: request.method ?? 'GET',
        headers: headersOf(request),
        search: url.search,
        body: request.method === 'POST' ? await readJsonBody(request, BODY_LIMIT) : undefined,
      },
      context: async () => app.createContext(context, signal),
    });
    if (signal.aborted) return;
    response.writeHead(result.status ?? 200, Object.fromEntries(result.headers));
    if (result.body.kind === 'complete') {
      response.end(result.body.string);
      return;
    }
    for await (const chunk of result.body.asyncIterator) response.write(chunk);
    response.end();
  }
}
