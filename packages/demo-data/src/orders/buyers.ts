import { demoAccounts } from '../people/accounts.js';
import { customers } from '../people/customers.js';
import type { DemoPerson } from '../people/person.js';
import type { Random } from '../random/random.js';

/** Who placed an order: an account, or a guest who left an address. */
export interface Buyer {
  readonly person: DemoPerson;
  readonly guest: boolean;
}

/** One order in this many is Ada's, so that her account is never empty. */
const ADAS_SHARE = 40;
const GUEST_SHARE = 0.2;

/** Buyers of a shop: a fifth are guests, some customers come again and again. */
export function createBuyers(count: number, seed: number): (orderIndex: number, random: Random) => Buyer {
  const people = [...customers({ count, seed })];
  const ada = demoAccounts.find(({ email }) => email.startsWith('ada@'));
  return (orderIndex, random) => {
    if (ada && orderIndex % ADAS_SHARE === ADAS_SHARE - 1) return { person: ada, guest: false };
    const place = Math.floor(people.length * random.next() * random.next());
    return { person: people[place] ?? random.pick(people), guest: random.chance(GUEST_SHARE) };
  };
}
