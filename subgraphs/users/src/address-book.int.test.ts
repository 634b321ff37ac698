import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Viewer } from '@souk/kit/auth';
import { openUsersShop } from './__fixtures__/users-shop.js';

let shop: Awaited<ReturnType<typeof openUsersShop>>;
beforeAll(async () => {
  shop = await openUsersShop();
});
afterAll(() => shop.close());

const home = {
  name: 'Ada Lovelace',
  line1: '12 St James’s Square',
  city: 'London',
  postalCode: 'SW1Y 4JH',
  country: 'gb',
};

interface SavePayload {
  readonly payload: { address: { id: string } | null; errors: { code: string; path: string[] }[] };
}
const save = async (viewer: Viewer, input: object) => {
  const { data, errors } = await shop.run<SavePayload>(
    `mutation ($input: SaveAddressInput!) { payload: saveAddress(input: $input) {
       address { id name line1 line2 city postalCode country isDefault } errors { code path }
     } }`,
    { input },
    { viewer },
  );
  if (!data) throw new Error(JSON.stringify(errors));
  return data.payload;
};
const saved = async (viewer: Viewer, input: object): Promise<string> => {
  // Apart in time, so that "the latest" is one.
  shop.clock.advance(1);
  return (await save(viewer, input)).address?.id ?? '';
};
const remove = (viewer: Viewer, id: string) =>
  shop.run(
    `mutation ($input: DeleteAddressInput!) { deleteAddress(input: $input) {
       user { addresses { id isDefault } } errors { code path }
     } }`,
    { input: { id } },
    { viewer },
  );
const bookOf = async (viewer: Viewer) => {
  const { data } = await shop.run<{ viewer: { addresses: { id: string; isDefault: boolean }[] } }>(
    '{ viewer { addresses { id isDefault } } }',
    {},
    { viewer },
  );
  return data?.viewer.addresses;
};

it('adds, changes and deletes; one address is always the default', async () => {
  const { viewer } = await shop.newcomer();
  const first = await save(viewer, home);
  expect(first).toEqual({
    address: { id: first.address?.id, ...home, line2: null, country: 'GB', isDefault: true },
    errors: [],
  });
  const a = first.address?.id ?? '';
  const b = await saved(viewer, { ...home, city: 'Bath' });
  const c = await saved(viewer, { ...home, city: 'Cork', isDefault: true });
  expect(await bookOf(viewer)).toEqual([
    { id: c, isDefault: true },
    { id: b, isDefault: false },
    { id: a, isDefault: false },
  ]);

  // Unmarking the default leaves it, since there is no other to take its place.
  expect(await saved(viewer, { ...home, id: c, line2: ' Flat  4 ', isDefault: false })).toBe(c);
  expect((await bookOf(viewer))?.[0]).toEqual({ id: c, isDefault: true });

  expect((await remove(viewer, c)).data).toEqual({
    deleteAddress: {
      user: {
        addresses: [
          { id: b, isDefault: true },
          { id: a, isDefault: false },
        ],
      },
      errors: [],
    },
  });
  await remove(viewer, b);
  await remove(viewer, a);
  expect(await bookOf(viewer)).toEqual([]);
});

it('keeps one default when many are saved at once', async () => {
  const { viewer } = await shop.newcomer();
  await Promise.all(Array.from({ length: 12 }, () => save(viewer, { ...home, isDefault: true })));
  const book = await bookOf(viewer);
  expect(book).toHaveLength(12);
  expect(book?.filter(({ isDefault }) => isDefault)).toHaveLength(1);
});

it("does not reach into somebody else's book", async () => {
  const [mine, theirs] = [await shop.newcomer(), await shop.newcomer()];
  const id = await saved(theirs.viewer, home);
  const refusal = { errors: [{ code: 'NOT_FOUND', path: ['id'] }] };
  expect(await save(mine.viewer, { ...home, id })).toEqual({ address: null, ...refusal });
  expect((await remove(mine.viewer, id)).data).toEqual({ deleteAddress: { user: null, ...refusal } });
  expect(await bookOf(theirs.viewer)).toEqual([{ id, isDefault: true }]);
  expect(await bookOf(mine.viewer)).toEqual([]);
});

it('names every field that is wrong', async () => {
  const { viewer } = await shop.newcomer();
  const bad = { name: '', line1: 'x'.repeat(201), city: ' ', postalCode: '1'.repeat(21), country: 'XX' };
  const { address, errors } = await save(viewer, bad);
  expect(address).toBeNull();
  expect(errors.map(({ path }) => path[0])).toEqual(['name', 'line1', 'city', 'postalCode', 'country']);
  expect(await bookOf(viewer)).toEqual([]);
});

it('holds fifty addresses', async () => {
  const { viewer } = await shop.newcomer();
  for (let n = 0; n < 50; n += 1) await saved(viewer, home);
  expect(await save(viewer, home)).toEqual({
    address: null,
    errors: [{ code: 'INVALID_INPUT', path: ['id'] }],
  });
});
