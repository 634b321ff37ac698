export { eventsConfig, type EventsConfig } from '../events/events-config.js';
export { ConfigError, loadConfig } from './load-config.js';
export { subgraphUrls, type UrlOf } from './subgraph-urls.js';
