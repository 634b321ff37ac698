export { DEMO_PASSWORD, demoAccounts } from './accounts.js';
export { customers } from './customers.js';
export type { DemoAddress, DemoPerson, DemoRole } from './person.js';
