import { useClientHandle } from '@urql/vue';
import { useSessionStorage } from '@vueuse/core';
import { computed, reactive, ref, shallowRef, watch } from 'vue';
import { useRouter } from 'vue-router';
import type { CheckoutErrorFieldsFragment, PlaceOrderMutation } from '@/__generated__/graphql.js';
import { useAddressBook } from '@/account/use-address-book.js';
import { useCart } from '@/cart/use-cart.js';
import { problemOf } from '@/graph/problem.js';
import { useOrderKeys } from '@/orders/order-keys.js';
import { texts } from '@/texts/en.js';
import { type FieldError, fieldErrors } from '@/ui/field-errors.js';
import { forgetCorrected } from '@/ui/forget-corrected.js';
import { amountsOf } from './amounts.js';
import { type Attempt, attemptFor, randomKey } from './attempt.js';
import { type CheckoutForm, emptyAddress, problemsIn, toOrderInput } from './checkout-form.js';
import { placeOrderDocument } from './checkout-operations.js';
import { useShippingOptions } from './use-shipping-options.js';

/** Refusals that belong to no field. */
export type Refusal = CheckoutErrorFieldsFragment;

/** The checkout form and its submission. */
export function useCheckout() {
  const router = useRouter();
  const { client } = useClientHandle();
  const { cart } = useCart();
  const { isLoading: isAddressBookLoading } = useAddressBook();
  const keys = useOrderKeys();

  const form = reactive<CheckoutForm>({
    email: '',
    address: emptyAddress(),
    shippingOptionId: '',
    paymentToken: 'tok_approve',
  });
  const shipping = useShippingOptions(() => form.address.country);
  const chosen = computed(() => shipping.options.value.find(({ id }) => id === form.shippingOptionId));
  // What was chosen stays chosen as long as it is offered; else the cheapest one is.
  watch(
    shipping.options,
    ([cheapest]) => {
      if (cheapest && !chosen.value) form.shippingOptionId = cheapest.id;
    },
    { immediate: true },
  );
  const errors = ref<readonly FieldError[]>([]);
  forgetCorrected(errors, () => ({ email: form.email, ...form.address }));
  const refusals = shallowRef<readonly Refusal[]>([]);
  const isSubmitting = ref(false);
  /** Outlives a reload: that is what people do when a page seems stuck. */
  const attempt = useSessionStorage<Attempt | null>('souk.attempt', null, {
    serializer: {
      read: (text) => JSON.parse(text) as Attempt | null,
      write: (value) => JSON.stringify(value),
    },
    onError: () => undefined,
  });

  /** @returns whether the order is placed or on its way */
  async function submit(): Promise<boolean> {
    if (isSubmitting.value) return false;
    refusals.value = [];
    errors.value = problemsIn(form);
    // Whoever pays must have seen what sending costs.
    if (!chosen.value) errors.value = [...errors.value, { field: '', message: texts.checkout.noDelivery }];
    return errors.value.length === 0 && send();
  }

  async function send(): Promise<boolean> {
    const input = toOrderInput(form);
    const request = { ...input, cart: cart.value?.id, lines: contentOf(cart.value?.lines ?? []) };
    attempt.value = attemptFor(request, attempt.value ?? undefined, randomKey);
    isSubmitting.value = true;
    const { data, error } = await client.mutation(placeOrderDocument, {
      input: { ...input, idempotencyKey: attempt.value.key },
    });
    isSubmitting.value = false;
    if (!data?.placeOrder) {
      const message = error?.networkError
        ? texts.checkout.offlineHint
        : texts.problem[problemOf(error, false) ?? 'broken'];
      errors.value = [{ field: '', message }];
      return false;
    }
    attempt.value = null;
    return settle(data.placeOrder);
  }

  async function settle({ order, errors: refused }: PlaceOrderMutation['placeOrder']): Promise<boolean> {
    if (order) {
      if (order.accessToken != null) keys.remember(order.id, order.accessToken);
      await router.push({ name: 'order', params: { id: order.id }, query: { new: '1' } });
      return true;
    }
    const codes = refused.map(({ code }) => code);
    // Another input under this key: the key is this page's fault, so a new one settles it without bothering anybody.
    if (codes.includes('IDEMPOTENCY_CONFLICT')) return send();
    errors.value = fieldErrors(refused.filter(({ code }) => code === 'INVALID_INPUT'));
    refusals.value = refused.filter(({ code }) => code !== 'INVALID_INPUT');
    if (codes.includes('SHIPPING_OPTION_UNAVAILABLE')) shipping.reload();
    return false;
  }

  return {
    form,
    errors,
    refusals,
    shipping,
    /** What is paid, part by part; what sending costs, and so the total, is undefined until it is known. */
    amounts: computed(() => cart.value && amountsOf(cart.value.subtotal, chosen.value?.price)),
    isSubmitting: computed(() => isSubmitting.value),
    /** False until an account's addresses are there to be filled in, and the total is known. */
    isReady: computed(() => !isAddressBookLoading.value && chosen.value !== undefined),
    submit,
  };
}

const contentOf = (lines: readonly { readonly id: string; readonly quantity: number }[]): string[] =>
  lines.map(({ id, quantity }) => `${id}×${quantity}`);
