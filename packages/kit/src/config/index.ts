export { eventsConfig, type EventsConfig } from '../events/events-config.js';
export { ConfigError, loadConfig } from './load-config.js';
export { host, logLevel, mongoUrl, port, postgresUrl, redisUrl, secret } from './settings.js';
export { subgraphConfig } from './subgraph-config.js';
export { subgraphUrls, type UrlOf } from './subgraph-urls.js';
