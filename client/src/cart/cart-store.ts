import { defineStore } from 'pinia';
import { ref, shallowRef, watch } from 'vue';
import { stored } from '@/format/storage.js';

/** A word inside the drawer: a toast outside of it could neither be pressed nor heard while it is open. */
export interface CartNotice {
  readonly message: string;
  readonly tone: 'ok' | 'danger';
  readonly undo?: () => void;
}

/** What the browser itself knows of the cart: the guest's token and the drawer's state. The rest is the server's. */
export const useCartStore = defineStore('cart', () => {
  const token = stored('souk.cart-token');
  const isOpen = ref(false);
  /** Its code is loaded when it is first opened, and kept so that closing can be seen. */
  const wasOpened = ref(false);
  const notice = shallowRef<CartNotice>();
  watch(isOpen, () => {
    wasOpened.value = true;
    notice.value = undefined;
  });
  return { token, isOpen, wasOpened, notice };
});
