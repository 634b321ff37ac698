import { useLocalStorage } from '@vueuse/core';

/** As many guest orders as one browser is likely to need. */
const MOST = 30;

/** @example withKey({ a: '1' }, 'b', '2') // { a: '1', b: '2' } */
export function withKey(
  keys: Readonly<Record<string, string>>,
  id: string,
  key: string,
): Record<string, string> {
  const others = Object.entries(keys).filter(([other]) => other !== id);
  return Object.fromEntries<string>([...others, [id, key] as const].slice(-MOST));
}

/** The access tokens of orders that were placed here without an account: without them nobody could see the page again. */
export function useOrderKeys() {
  const kept = useLocalStorage<Record<string, string>>(
    'souk.order-keys',
    {},
    {
      writeDefaults: false,
      onError: () => undefined,
    },
  );
  return {
    keyOf: (orderId: string): string | undefined => kept.value[orderId],
    remember(orderId: string, accessToken: string): void {
      kept.value = withKey(kept.value, orderId, accessToken);
    },
  };
}
