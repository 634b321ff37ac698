import { defineStore } from 'pinia';
import { ref, watch } from 'vue';
import { stored } from '@/format/storage.js';

/** What the browser itself knows of the cart: the guest's token and whether the drawer is open. The rest is the server's. */
export const useCartStore = defineStore('cart', () => {
  const token = stored('souk.cart-token');
  const isOpen = ref(false);
  /** Its code is loaded when it is first opened, and kept so that closing can be seen. */
  const wasOpened = ref(false);
  watch(isOpen, () => (wasOpened.value = true));
  return { token, isOpen, wasOpened };
});
