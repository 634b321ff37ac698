import type { AddressEntry, PostalAddress } from '../domain/address-book.js';
import type { UsersDatabase, UsersTransaction } from './database.js';

/** An address in somebody's address book. */
export interface AddressRecord extends PostalAddress, AddressEntry {
  readonly userId: string;
}

const ORDER = [{ isDefault: 'desc' }, { savedAt: 'desc' }, { id: 'asc' }] as const;

/** The address books of several accounts in one query, each with the default first. */
export const addressesOfUsers = (
  { prisma }: Pick<UsersDatabase | UsersTransaction, 'prisma'>,
  userIds: readonly string[],
): Promise<AddressRecord[]> =>
  prisma.address.findMany({ where: { userId: { in: [...userIds] } }, orderBy: [...ORDER] });

/** Adds an address or overwrites the one with its id. */
export async function putAddress({ prisma }: UsersTransaction, address: AddressRecord): Promise<void> {
  const { id, ...fields } = address;
  await prisma.address.upsert({ where: { id }, create: address, update: fields });
}

/** Adds the addresses whose id is free. */
export async function insertAddresses(
  { prisma }: UsersTransaction,
  addresses: readonly AddressRecord[],
): Promise<void> {
  await prisma.address.createMany({ data: [...addresses], skipDuplicates: true });
}

export async function removeAddress({ prisma }: UsersTransaction, id: string): Promise<void> {
  await prisma.address.delete({ where: { id } });
}

/** Makes one address the default. The old one goes first: the database allows one at a time. */
export async function setDefaultAddress(
  { prisma }: UsersTransaction,
  userId: string,
  defaultId: string | undefined,
): Promise<void> {
  await prisma.address.updateMany({
    where: { userId, isDefault: true, ...(defaultId === undefined ? {} : { id: { not: defaultId } }) },
    data: { isDefault: false },
  });
  if (defaultId === undefined) return;
  await prisma.address.updateMany({ where: { id: defaultId }, data: { isDefault: true } });
}
