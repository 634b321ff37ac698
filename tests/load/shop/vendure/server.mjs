// Runs beside the installed Vendure, in its folder: `node server.mjs '{"mode":"serve",...}'`. With mode "fill" it makes
// the tables, takes in the products, builds the search index and ends.
import {
  DefaultLogger,
  DefaultSearchPlugin,
  JobQueueService,
  LanguageCode,
  LogLevel,
  bootstrap,
  dummyPaymentHandler,
} from '@vendure/core';
import { populate } from '@vendure/core/cli/index.js';

const { mode, port, database, products, expected } = JSON.parse(process.argv[2]);
const NAME = 'superadmin';
const PASSWORD = 'only-this-benchmark';

const config = {
  apiOptions: { hostname: '127.0.0.1', port, adminApiPath: 'admin-api', shopApiPath: 'graphql' },
  authOptions: {
    tokenMethod: 'bearer',
    superadminCredentials: { identifier: NAME, password: PASSWORD },
    cookieOptions: { secret: PASSWORD },
  },
  dbConnectionOptions: { ...database, synchronize: mode === 'fill', logging: false },
  paymentOptions: { paymentMethodHandlers: [dummyPaymentHandler] },
  plugins: [DefaultSearchPlugin.init({ bufferUpdates: false })],
  logger: new DefaultLogger({ level: LogLevel.Error }),
};

const initialData = {
  defaultLanguage: LanguageCode.en,
  defaultZone: 'Europe',
  countries: [{ name: 'Germany', code: 'DE', zone: 'Europe' }],
  taxRates: [{ name: 'Standard Tax', percentage: 19 }],
  shippingMethods: [{ name: 'Standard Shipping', price: 500 }],
  paymentMethods: [],
  collections: [],
};

if (mode === 'fill') {
  const app = await populate(
    async () => {
      const started = await bootstrap(config);
      await started.get(JobQueueService).start();
      return started;
    },
    initialData,
    products,
  );
  await reindex();
  await app.close();
  process.exit(0);
}
await bootstrap(config);

/** Builds the search index and waits until it has every product. */
async function reindex() {
  const { token } = await admin(
    'mutation ($name: String!, $password: String!) { login(username: $name, password: $password) { __typename } }',
    { name: NAME, password: PASSWORD },
  );
  await admin('mutation { reindex { id } }', {}, token);
  for (const since = Date.now(); ; await new Promise((resolve) => setTimeout(resolve, 500))) {
    const { data } = await admin(
      '{ search(input: { groupByProduct: true, take: 1 }) { totalItems } }',
      {},
      token,
    );
    if (data.search.totalItems >= expected) return;
    if (Date.now() - since > 300_000) throw new Error(`The index has ${data.search.totalItems} products.`);
  }
}

async function admin(query, variables, token) {
  const response = await fetch(`http://127.0.0.1:${port}/admin-api`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(JSON.stringify(errors));
  return { data, token: response.headers.get('vendure-auth-token') };
}
