export { ConfigError, loadConfig } from './load-config.js';
export { subgraphUrls, type UrlOf } from './subgraph-urls.js';
