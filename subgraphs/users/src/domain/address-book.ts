import {
  type AccountError,
  type Outcome,
  accepted,
  addressNotFound,
  invalidInput,
  refused,
} from './account-error.js';
import { isCountry } from './countries.js';
import { errorsOf } from './registration.js';
import { problemOfLine, tidy } from './text.js';

/** Most addresses of one account. */
export const MAX_ADDRESSES = 50;

/** A postal address as it is kept. */
export interface PostalAddress {
  readonly name: string;
  readonly line1: string;
  readonly line2: string | null;
  readonly city: string;
  readonly postalCode: string;
  readonly country: string;
}

/** What the rules of the address book need to know of an address in it. */
export interface AddressEntry {
  readonly id: string;
  readonly isDefault: boolean;
  readonly savedAt: Date;
}

/** Which address is offered first after a change. */
export interface DefaultChange {
  /** Undefined for an empty book. */
  readonly defaultId: string | undefined;
}

type AddressInput = { readonly [Field in keyof PostalAddress]: string | null | undefined };

const LINES = {
  name: { label: "The recipient's name", min: 1, max: 100 },
  line1: { label: 'The street', min: 1, max: 200 },
  line2: { label: 'The second line', min: 0, max: 200 },
  city: { label: 'The city', min: 1, max: 100 },
  postalCode: { label: 'The postal code', min: 1, max: 20 },
};

/** Checks an address and brings it into the form that is kept. */
export function checkAddress(input: AddressInput): Outcome<PostalAddress> {
  const line2 = tidy(input.line2 ?? '');
  const address: PostalAddress = {
    name: tidy(input.name ?? ''),
    line1: tidy(input.line1 ?? ''),
    line2: line2 === '' ? null : line2,
    city: tidy(input.city ?? ''),
    postalCode: tidy(input.postalCode ?? ''),
    country: tidy(input.country ?? '').toUpperCase(),
  };
  const errors = errorsOf({
    name: problemOfLine(address.name, LINES.name),
    line1: problemOfLine(address.line1, LINES.line1),
    line2: problemOfLine(line2, LINES.line2),
    city: problemOfLine(address.city, LINES.city),
    postalCode: problemOfLine(address.postalCode, LINES.postalCode),
    country: isCountry(address.country)
      ? undefined
      : 'The country is not a two-letter code of ISO 3166-1, such as DE or US.',
  });
  return errors.length > 0 ? refused(...errors) : accepted(address);
}

const bookFull = (): AccountError =>
  invalidInput('id', `The address book holds at most ${MAX_ADDRESSES} addresses. Change or delete one.`);

/**
 * Decides a save. A book that is not empty always has exactly one default: the first address becomes it, and it
 * stays so until another one is made the default.
 *
 * @param save.id the address to change, undefined to add `save.newId`
 */
export function decideSave(
  book: readonly AddressEntry[],
  save: { readonly id: string | undefined; readonly newId: string; readonly isDefault: boolean },
): Outcome<DefaultChange & { readonly id: string }> {
  const present = save.id === undefined || book.some((entry) => entry.id === save.id);
  if (!present) return refused(addressNotFound());
  if (save.id === undefined && book.length >= MAX_ADDRESSES) return refused(bookFull());
  const id = save.id ?? save.newId;
  const current = book.find((entry) => entry.isDefault)?.id;
  return accepted({ id, defaultId: save.isDefault ? id : (current ?? id) });
}

/** Decides a deletion: if the default goes, the address saved last takes its place. */
export function decideDelete(book: readonly AddressEntry[], id: string): Outcome<DefaultChange> {
  if (!book.some((entry) => entry.id === id)) return refused(addressNotFound());
  const rest = book.filter((entry) => entry.id !== id);
  const [latest] = [...rest].sort((a, b) => b.savedAt.getTime() - a.savedAt.getTime());
  return accepted({ defaultId: (rest.find((entry) => entry.isDefault) ?? latest)?.id });
}
