export type { HttpRoute, SubgraphApp } from './app.js';
export type { OperationRequest, RequestContext } from './request.js';
export { createSubgraph, type ResolverMap, type SubgraphOptions } from './create-subgraph.js';
export { readBody } from '../server/read-body.js';
export { respondError, respondJson } from '../server/respond.js';
