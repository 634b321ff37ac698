import { type PostalAddress, checkAddress, decideDelete, decideSave } from '../domain/address-book.js';
import { type Outcome, accepted } from '../domain/account-error.js';
import { type UserRecord, lockUser } from '../store/accounts.js';
import {
  type AddressRecord,
  addressesOfUsers,
  putAddress,
  removeAddress,
  setDefaultAddress,
} from '../store/addresses.js';
import type { UsersTransaction } from '../store/database.js';
import type { CommandDeps } from './command-deps.js';
import { accountGone } from './update-profile.js';

/** An address as a person enters it. */
export type SaveAddressInput = {
  readonly [Field in keyof PostalAddress]?: string | null | undefined;
} & { readonly id?: string | null | undefined; readonly isDefault?: boolean | null | undefined };

/** The account and its address book, locked: two saves at once see each other. */
async function lockBook(
  sql: UsersTransaction,
  userId: string,
): Promise<{ user: UserRecord; book: AddressRecord[] }> {
  const user = await lockUser(sql, userId);
  if (!user) throw accountGone();
  return { user, book: await addressesOfUsers(sql, [userId]) };
}

/** Adds an address, or changes the one whose id is given. */
export async function saveAddress(
  deps: CommandDeps,
  userId: string,
  input: SaveAddressInput,
): Promise<Outcome<AddressRecord>> {
  const checked = checkAddress({
    name: input.name,
    line1: input.line1,
    line2: input.line2,
    city: input.city,
    postalCode: input.postalCode,
    country: input.country,
  });
  if (!checked.ok) return checked;
  return deps.database.transaction(async (sql) => {
    const { book } = await lockBook(sql, userId);
    const decided = decideSave(book, {
      id: input.id ?? undefined,
      newId: deps.newId(),
      isDefault: input.isDefault ?? false,
    });
    if (!decided.ok) return decided;
    const { id, defaultId } = decided.value;
    // What is the default now changes in a step of its own: there must never be two.
    const wasDefault = book.some((entry) => entry.id === id && entry.isDefault);
    const address = { ...checked.value, id, userId, isDefault: wasDefault, savedAt: deps.clock() };
    await putAddress(sql, address);
    await setDefaultAddress(sql, userId, defaultId);
    return accepted({ ...address, isDefault: defaultId === id });
  });
}

/** Deletes an address and returns the account that it belonged to. */
export async function deleteAddress(
  deps: CommandDeps,
  userId: string,
  input: { readonly id: string },
): Promise<Outcome<UserRecord>> {
  return deps.database.transaction(async (sql) => {
    const { user, book } = await lockBook(sql, userId);
    const decided = decideDelete(book, input.id);
    if (!decided.ok) return decided;
    await removeAddress(sql, input.id);
    await setDefaultAddress(sql, userId, decided.value.defaultId);
    return accepted(user);
  });
}
