import { faker as german } from '@faker-js/faker/locale/de';
import { faker as british } from '@faker-js/faker/locale/en_GB';
import { faker as french } from '@faker-js/faker/locale/fr';
import { faker as dutch } from '@faker-js/faker/locale/nl';
import { DEFAULT_SEED } from '../catalogue/product.js';
import { slugOf } from '../catalogue/naming.js';
import { hashText } from '../random/hash.js';
import { demoId } from '../random/ids.js';
import { createRandom } from '../random/random.js';
import type { DemoPerson } from './person.js';

const COUNTRIES = [
  { country: 'DE', faker: german, share: 5 },
  { country: 'GB', faker: british, share: 3 },
  { country: 'FR', faker: french, share: 2 },
  { country: 'NL', faker: dutch, share: 2 },
];
const FIRST_DAY = Date.UTC(2023, 0, 9);
const LAST_DAY = Date.UTC(2025, 5, 30);

/**
 * Customers with an address in the country that their name comes from. They joined between 2023 and mid 2025. The
 * first ones of a larger number are the same.
 *
 * @example const people = [...customers({ count: 400 })];
 */
export function* customers({
  count,
  seed = DEFAULT_SEED,
}: {
  readonly count: number;
  readonly seed?: number;
}): Generator<DemoPerson, void, undefined> {
  for (let index = 0; index < count; index += 1) {
    const random = createRandom(seed, `customer ${index}`);
    const home = COUNTRIES[random.weighted(COUNTRIES.map(({ share }) => share))];
    if (!home) continue;
    const { country, faker } = home;
    faker.seed(hashText(`customer ${index}`, seed));
    const first = faker.person.firstName();
    const last = faker.person.lastName();
    const name = `${first} ${last}`;
    yield {
      id: demoId('usr', seed, index),
      email: `${slugOf(first)}.${slugOf(last)}.${index + 1}@mail.souk.test`,
      name,
      roles: ['CUSTOMER'],
      address: {
        name,
        line1: faker.location.streetAddress(),
        line2: null,
        city: faker.location.city(),
        postalCode: faker.location.zipCode(),
        country,
      },
      createdAt: new Date(FIRST_DAY + Math.floor(random.next() * (LAST_DAY - FIRST_DAY))).toISOString(),
    };
  }
}
