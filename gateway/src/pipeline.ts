import { planAndExecute } from './engine/plan-and-execute.js';
import { withExtensions } from './execution/text-result.js';
import type { HttpExchange } from './http/exchange.js';
import { sendJson } from './http/write.js';
import { isStream, type RunOperation } from './operation/operation-call.js';
import type { LoadedSupergraph } from './supergraph/load.js';
import { type GatewayPlugin, nest, type TransportWrapper, wrapTransport } from './plugin.js';

/** A walk, put together: what the rest of the gateway calls. */
export interface Pipeline {
  readonly answer: (exchange: HttpExchange) => Promise<void>;
  readonly run: RunOperation;
  readonly wrap: TransportWrapper;
  /** Tells plugins of a supergraph that is taken into use. */
  load(supergraph: LoadedSupergraph): void;
  stop(): Promise<void>;
}

/**
 * Joins the parts of all plugins: steps of HTTP exchanges, steps of operations, wrappers of transports.
 *
 * @param makeWalk is given the way to run an operation, which the plugins that read operations from somewhere need
 */
export function createPipeline(makeWalk: (run: RunOperation) => readonly GatewayPlugin[]): Pipeline {
  const run: RunOperation = async (call) => {
    const outcome = await runOperation(call);
    if (isStream(outcome)) return outcome;
    // A call that waited for its turn outlives its answer in V8's old generation, and all it holds with it.
    call.answered = undefined;
    return withExtensions(outcome, call.extensions);
  };
  const walk = makeWalk(run);
  const runOperation = nest(
    walk.flatMap((plugin) => plugin.operation ?? []),
    planAndExecute,
  );
  const answer = nest<HttpExchange, void>(
    walk.flatMap((plugin) => plugin.http ?? []),
    ({ response, path }) =>
      sendJson(response, 404, { error: `There is nothing at ${path}. The API is at /graphql.` }),
  );
  return {
    run,
    answer: async (exchange) => answer(exchange),
    wrap: wrapTransport(walk.flatMap((plugin) => plugin.transport ?? [])),
    load(supergraph) {
      for (const plugin of walk) plugin.load?.(supergraph);
    },
    async stop() {
      await Promise.all(walk.flatMap((plugin) => plugin.stop?.() ?? []));
    },
  };
}
