import type { Shop } from '../launch/start-shop.js';

/** Made by the demo seed, and only there. */
export const DEMO_LOGINS = ['admin@souk.test', 'staff@souk.test', 'ada@souk.test'];
export const DEMO_PASSWORD = 'souk-demo-pass';

/** What a person needs to know once the shop is open. */
export const welcome = ({ url, dataDir }: Pick<Shop, 'url' | 'dataDir'>): string => `
The shop is open.

  Shop        ${url}/
  Back office ${url}/staff
  Graph       ${url}/graphql
  Playground  ${url}/playground

  Sign in as  ${DEMO_LOGINS.join(', ')}
  Password    ${DEMO_PASSWORD}

  Data        ${dataDir}
  Ctrl-C closes the shop and keeps the data.
`;
