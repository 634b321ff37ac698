import { createHash } from 'node:crypto';
import type { Buyer } from './buyer.js';

/** Where an order goes. */
export interface ShippingAddress {
  readonly name: string;
  readonly line1: string;
  readonly line2: string | null;
  readonly city: string;
  readonly postalCode: string;
  readonly country: string;
}

/** What a buyer says to place an order. */
export interface CheckoutInput {
  readonly idempotencyKey: string;
  readonly email: string;
  readonly shippingAddress: ShippingAddress;
  /** One of the cart's shipping options; null takes the cheapest one. */
  readonly shippingOptionId: string | null;
  readonly paymentToken: string;
}

/** A field that cannot be accepted. */
export interface InputProblem {
  readonly path: readonly string[];
  readonly message: string;
}

/** The input as it counts: without spaces around, an absent or empty second line as null. */
export function canonicalCheckout(
  input: Omit<CheckoutInput, 'shippingAddress' | 'shippingOptionId'> & {
    shippingAddress: Omit<ShippingAddress, 'line2'> & { line2?: string | null | undefined };
    shippingOptionId?: string | null | undefined;
  },
): CheckoutInput {
  const { name, line1, line2, city, postalCode, country } = input.shippingAddress;
  return {
    idempotencyKey: input.idempotencyKey,
    email: input.email.trim(),
    shippingAddress: {
      name: name.trim(),
      line1: line1.trim(),
      line2: line2?.trim() || null,
      city: city.trim(),
      postalCode: postalCode.trim(),
      country: country.trim().toUpperCase(),
    },
    shippingOptionId: input.shippingOptionId?.trim() || null,
    paymentToken: input.paymentToken.trim(),
  };
}

/**
 * What an idempotency key stands for: the canonical input and who gave it, but not the cart's content. Only its hash
 * is kept, because the payment token is part of it.
 */
export function fingerprintOf(input: CheckoutInput, buyer: Buyer): Buffer {
  const { email, shippingAddress, shippingOptionId, paymentToken } = input;
  const { name, line1, line2, city, postalCode, country } = shippingAddress;
  const who =
    buyer.kind === 'account'
      ? ['account', buyer.userId]
      : buyer.kind === 'guest'
        ? ['guest', buyer.tokenHash.toString('hex')]
        : ['nobody'];
  const canonical: unknown[] = [who, email, [name, line1, line2, city, postalCode, country], paymentToken];
  // Only where there is one, so that keys of before there were options still mean the same.
  if (shippingOptionId !== null) canonical.push(shippingOptionId);
  return createHash('sha256').update(JSON.stringify(canonical)).digest();
}

const EMAIL = /^[^\s@<>"]{1,64}@[^\s@<>"]+\.[^\s@<>".]{2,}$/;
const COUNTRY = /^[A-Z]{2}$/;
/** Longest text fields, in characters. */
const LIMITS = { name: 200, line1: 200, city: 100, postalCode: 20 } as const;
const LABELS = {
  name: "recipient's name",
  line1: 'street',
  city: 'city',
  postalCode: 'postal code',
} as const;

/** Everything that cannot be accepted, so that a form can mark all its fields at once. */
export function checkoutProblems(input: CheckoutInput): readonly InputProblem[] {
  const { email, shippingAddress, paymentToken, idempotencyKey } = input;
  const problems: InputProblem[] = [];
  const check = (ok: boolean, path: readonly string[], message: string): void => {
    if (!ok) problems.push({ path, message });
  };
  check(
    idempotencyKey.length >= 1 && idempotencyKey.length <= 200,
    ['idempotencyKey'],
    'Send an idempotency key of 1 to 200 characters.',
  );
  check(
    email.length <= 254 && EMAIL.test(email),
    ['email'],
    'Give an e-mail address such as ada@example.com.',
  );
  for (const field of ['name', 'line1', 'city', 'postalCode'] as const) {
    const { length } = shippingAddress[field];
    check(
      length >= 1 && length <= LIMITS[field],
      ['shippingAddress', field],
      `Give the ${LABELS[field]}, at most ${LIMITS[field]} characters.`,
    );
  }
  check(
    (shippingAddress.line2?.length ?? 0) <= 200,
    ['shippingAddress', 'line2'],
    'Shorten this line to 200 characters.',
  );
  check(
    COUNTRY.test(shippingAddress.country),
    ['shippingAddress', 'country'],
    'Give the country as two letters, for example DE.',
  );
  check(
    (input.shippingOptionId?.length ?? 0) <= 200,
    ['shippingOptionId'],
    "Send the id of one of the cart's shipping options.",
  );
  check(
    paymentToken.length >= 1 && paymentToken.length <= 500,
    ['paymentToken'],
    "Send the token that the payment provider's form returned.",
  );
  return problems;
}
