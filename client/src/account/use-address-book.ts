import { useClientHandle, useQuery } from '@urql/vue';
import { computed } from 'vue';
import type { SaveAddressInput } from '@/__generated__/graphql.js';
import { problemOf } from '@/graph/problem.js';
import { useSessionStore } from '@/session/session-store.js';
import { type FieldError, errorsOf } from '@/ui/field-errors.js';
import { deleteAddressDocument, profileDocument, saveAddressDocument } from './account-operations.js';

/** The signed-in account and its addresses, the default one first; empty for guests. */
export function useAddressBook() {
  const session = useSessionStore();
  const { client } = useClientHandle();
  const { data, error, fetching, executeQuery } = useQuery({
    query: profileDocument,
    variables: {},
    pause: () => session.refreshToken === undefined,
  });
  const viewer = computed(() => data.value?.viewer ?? undefined);

  async function save(input: SaveAddressInput): Promise<readonly FieldError[]> {
    const { data, error } = await client.mutation(saveAddressDocument, { input });
    return errorsOf(data?.saveAddress, error);
  }
  async function remove(id: string): Promise<readonly FieldError[]> {
    const { data, error } = await client.mutation(deleteAddressDocument, { input: { id } });
    return errorsOf(data?.deleteAddress, error);
  }

  return {
    viewer,
    addresses: computed(() => viewer.value?.addresses ?? []),
    isLoading: computed(() => fetching.value && !viewer.value),
    problem: computed(() => problemOf(error.value, !!viewer.value)),
    reload: () => executeQuery({ requestPolicy: 'network-only' }),
    save,
    remove,
  };
}
