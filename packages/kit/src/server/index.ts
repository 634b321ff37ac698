export { serveSubgraph, type ServedSubgraph, type ServeOptions } from './serve-subgraph.js';
export { respondError, respondJson } from './respond.js';
export { readEnvelope, type EnvelopeRules } from './read-envelope.js';
export {
  runSubgraph,
  type OpenedSubgraph,
  type SubgraphEnvironment,
  type Surroundings,
} from './run-subgraph.js';
