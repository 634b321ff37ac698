import path from 'node:path';
const here = import.meta.dirname;
const apollo = [path.join(here, 'apollo.mjs')];
const inProcess = { SUBGRAPHS: 'in-process' };
const production = { NODE_ENV: 'production' };

/**
 * Who takes part. `group` is what may be compared with each other; `operations` limits where it makes sense.
 * `arguments` and `environment` start it; `floorOf` names whose requests a floor repeats.
 *
 * @param supergraph path of the supergraph file
 * @param traces where traces may be sent
 * @param souk paths of Souk's programs, bundled once, so that all rounds run the same code
 * @param hive where Hive Gateway is installed, or why it is not
 */
export function contestants({ supergraph, traces, souk, hive }) {
  const served = { ...production, SUPERGRAPH_SDL: supergraph, LOG_LEVEL: 'silent' };
  const configured = (name) => ({ GATEWAY_CONFIG: path.join(here, `${name}.config.ts`) });
  const soukServed = { ...served, ...configured('souk') };
  const hiveGateway = (...more) => ({
    arguments: [
      path.join(hive.folder ?? '', 'node_modules/@graphql-hive/gateway/dist/bin.js'),
      'supergraph',
      supergraph,
      '--fork',
      '1',
      ...more,
    ],
    environment: production,
    folder: hive.folder,
    missing: hive.missing,
  });
  const sharing = ['--config-path', path.join(here, '../hive/sharing.config.mjs')];
  const floor = (floorOf) => ({
    arguments: [souk.floor],
    environment: production,
    floorOf,
  });
  return [
    { id: 'souk', name: 'Souk', group: 'http', arguments: [souk.main], environment: soukServed },
    {
      id: 'apollo',
      name: '@apollo/server + @apollo/gateway',
      group: 'http',
      arguments: apollo,
      environment: served,
    },
    { id: 'hive-js', name: 'Hive Gateway', group: 'http', ...hiveGateway() },
    {
      id: 'hive-rust',
      name: 'Hive Gateway, Rust planner',
      group: 'http',
      ...hiveGateway('--hive-router-runtime'),
    },
    {
      id: 'floor-apollo',
      name: "floor: @apollo/gateway's fetches",
      group: 'http',
      ...floor('apollo'),
    },
    {
      id: 'floor-souk',
      name: "floor: Souk's fetches",
      group: 'http',
      operations: ['deep', 'small'],
      ...floor('souk'),
    },
    {
      id: 'floor-own-client',
      name: "floor: Souk's fetches, by its HTTP client",
      group: 'http',
      operations: ['deep', 'small'],
      ...floor('souk'),
      environment: { ...production, OWN_CLIENT: 'true' },
    },
    {
      id: 'souk-sharing',
      name: 'Souk, sharing in flight',
      group: 'sharing',
      operations: ['deep', 'small'],
      arguments: [souk.main],
      environment: { ...soukServed, GATEWAY__SHARING__IN_FLIGHT: 'true' },
    },
    {
      id: 'hive-js-sharing',
      name: 'Hive Gateway, sharing in flight',
      group: 'sharing',
      operations: ['deep'],
      ...hiveGateway(...sharing),
    },
    {
      id: 'hive-rust-sharing',
      name: 'Hive Gateway, Rust planner, sharing in flight',
      group: 'sharing',
      operations: ['deep', 'small'],
      ...hiveGateway('--hive-router-runtime', ...sharing),
    },
    {
      id: 'floor-canned',
      name: 'floor: node:http that sends the same bytes',
      group: 'sharing',
      operations: ['deep', 'small'],
      environment: { ...production, CANNED: 'true' },
      floorOf: 'souk',
      arguments: [souk.floor],
    },
    {
      id: 'souk-features',
      name: 'Souk',
      group: 'features',
      operations: ['deep', 'small'],
      arguments: [souk.main],
      environment: soukServed,
    },
    {
      id: 'souk-bare',
      name: 'Souk, all that can be off is off',
      group: 'features',
      operations: ['deep', 'small'],
      arguments: [souk.main],
      environment: { ...served, ...configured('souk-bare') },
    },
    {
      id: 'souk-traced',
      name: 'Souk, every request traced and exported (OTLP)',
      group: 'features',
      operations: ['deep', 'small'],
      arguments: [souk.main],
      environment: { ...soukServed, OTEL_EXPORTER_OTLP_ENDPOINT: traces },
    },
    {
      id: 'souk-in-process',
      name: 'Souk',
      group: 'in process',
      operations: ['deep'],
      arguments: [souk.inProcess],
      environment: served,
    },
    {
      id: 'apollo-in-process',
      name: '@apollo/gateway, LocalGraphQLDataSource',
      group: 'in process',
      operations: ['deep'],
      arguments: apollo,
      environment: { ...served, ...inProcess },
    },
  ];
}
