import { type PayloadOf, defineEvents } from '@souk/kit/events';
import { z } from 'zod';

const account = z.object({
  userId: z.string().describe('The account.'),
  email: z.string().describe('Its e-mail address, in lower case.'),
  name: z.string().describe('What the person wants to be called.'),
  roles: z.array(z.string()).describe('What it may do: CUSTOMER, MERCHANT, STAFF or ADMIN.'),
});

/** What users tells the others. Every event's aggregate is the account. Never a password, a hash or a token. */
export const published = defineEvents('users', {
  'user.registered': { description: 'An account was made.', payload: account },
  'user.updated': {
    description: 'The name or the e-mail address of an account changed; the payload is its new state.',
    payload: account,
  },
});

/** What others may know of an account. */
export type UserEventPayload = PayloadOf<typeof published, 'user.updated'>;
