import type { DemoPerson } from './person.js';

/** The password of every demo account. Never used outside the demo seed. */
export const DEMO_PASSWORD = 'souk-demo-pass';

/** The three accounts that `npm start` prints. */
export const demoAccounts: readonly DemoPerson[] = [
  {
    id: 'usr_demo_admin',
    email: 'admin@souk.test',
    name: 'Amina Haddad',
    roles: ['ADMIN'],
    address: {
      name: 'Amina Haddad',
      line1: 'Prinsengracht 218',
      line2: null,
      city: 'Amsterdam',
      postalCode: '1016 HD',
      country: 'NL',
    },
    createdAt: '2022-02-01T09:00:00.000Z',
  },
  {
    id: 'usr_demo_staff',
    email: 'staff@souk.test',
    name: 'Stefan Brandt',
    roles: ['STAFF'],
    address: {
      name: 'Stefan Brandt',
      line1: 'Lagerstraße 14',
      line2: null,
      city: 'Hamburg',
      postalCode: '20357',
      country: 'DE',
    },
    createdAt: '2022-02-01T09:30:00.000Z',
  },
  {
    id: 'usr_demo_ada',
    email: 'ada@souk.test',
    name: 'Ada Byron',
    roles: ['CUSTOMER'],
    address: {
      name: 'Ada Byron',
      line1: '12 St James’s Square',
      line2: 'Flat 3',
      city: 'London',
      postalCode: 'SW1Y 4JH',
      country: 'GB',
    },
    createdAt: '2022-12-10T10:00:00.000Z',
  },
];
