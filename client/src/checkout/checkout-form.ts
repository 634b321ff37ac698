import type { PlaceOrderInput } from '@/__generated__/graphql.js';
import { texts } from '@/texts/en.js';
import type { FieldError } from '@/ui/field-errors.js';

/** A postal address as a form holds it: nothing is ever undefined. */
export interface AddressForm {
  name: string;
  line1: string;
  line2: string;
  city: string;
  postalCode: string;
  country: string;
}

/** What checkout asks for. */
export interface CheckoutForm {
  email: string;
  address: AddressForm;
  /** Empty until there is something to choose from. */
  shippingOptionId: string;
  paymentToken: string;
}

export const emptyAddress = (): AddressForm => ({
  name: '',
  line1: '',
  line2: '',
  city: '',
  postalCode: '',
  country: 'DE',
});

const REQUIRED = ['name', 'line1', 'city', 'postalCode', 'country'] as const;

/** What can be told before asking the server; the server has the last word. */
export function missingIn(address: AddressForm): FieldError[] {
  return REQUIRED.filter((field) => address[field].trim() === '').map((field) => ({
    field,
    message: texts.checkout.required,
  }));
}

/** The same for the whole form. */
export function problemsIn({ email, address }: CheckoutForm): FieldError[] {
  const message = problemOfEmail(email.trim());
  return [...(message === undefined ? [] : [{ field: 'email', message }]), ...missingIn(address)];
}

function problemOfEmail(email: string): string | undefined {
  if (email === '') return texts.checkout.required;
  return /^\S+@\S+\.\S+$/.test(email) ? undefined : texts.checkout.badEmail;
}

/** The form as the schema wants it, without the key. */
export function toOrderInput(form: CheckoutForm): Omit<PlaceOrderInput, 'idempotencyKey'> {
  return {
    email: form.email.trim(),
    shippingAddress: toAddressInput(form.address),
    shippingOptionId: form.shippingOptionId,
    paymentToken: form.paymentToken,
  };
}

export function toAddressInput({ line2, ...address }: AddressForm): PlaceOrderInput['shippingAddress'] {
  return line2.trim() === '' ? address : { ...address, line2 };
}
