export { createGateway, type Gateway, type GatewayDeps } from './app.js';
export { composeSupergraph, type ComposedSupergraph, type SubgraphDefinition } from './supergraph/compose.js';
export { SupergraphError } from './supergraph/supergraph-error.js';
export { inProcessTransport } from './transport/in-process.js';
export { httpTransport, type HttpTransportOptions } from './transport/http.js';
export type { SubgraphAddress, SubgraphTransport, TransportSource } from './transport/subgraph-transport.js';
export { proxyRoute } from './plugins/subgraph-routes/proxy-route.js';
export type { Issuer } from './identity/token-verifier.js';
