import { useClientHandle } from '@urql/vue';
import { storeToRefs } from 'pinia';
import type { LoginInput, RegisterInput } from '@/__generated__/graphql.js';
import { mergeCartDocument } from '@/cart/cart-operations.js';
import { useCartStore } from '@/cart/cart-store.js';
import { forgetEverything, shopClient } from '@/graph/shop-client.js';
import { type FieldError, errorsOf } from '@/ui/field-errors.js';
import { loginDocument, logoutDocument, registerDocument } from './session-operations.js';
import { useSessionStore } from './session-store.js';

/** Signing in, up and out. Each returns what to tell the person, nothing when it worked. */
export function useSession() {
  const { client } = useClientHandle();
  const session = useSessionStore();
  const cart = useCartStore();
  const { user, isStaff } = storeToRefs(session);

  async function login(input: LoginInput): Promise<readonly FieldError[]> {
    const { data, error } = await client.mutation(loginDocument, { input });
    if (data?.login.session) return begin(() => session.start(data.login.session!));
    return errorsOf(data?.login, error);
  }
  async function register(input: RegisterInput): Promise<readonly FieldError[]> {
    const { data, error } = await client.mutation(registerDocument, { input });
    if (data?.register.session) return begin(() => session.start(data.register.session!));
    return errorsOf(data?.register, error);
  }
  /** Takes the guest's cart along. Should that fail, the token stays and the next sign-in tries again. */
  async function begin(start: () => void): Promise<readonly FieldError[]> {
    start();
    forgetEverything();
    if (cart.token !== undefined) {
      const { data } = await shopClient().value.mutation(mergeCartDocument, {
        input: { cartToken: cart.token },
      });
      if (data?.mergeCart.errors.length === 0) cart.token = undefined;
    }
    return [];
  }
  async function logout(): Promise<void> {
    const refreshToken = session.refreshToken;
    session.end();
    forgetEverything();
    if (refreshToken !== undefined)
      await shopClient().value.mutation(logoutDocument, { input: { refreshToken } });
  }
  return { user, isStaff, login, register, logout };
}
