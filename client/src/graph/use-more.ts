import { type TypedDocumentNode, useClientHandle } from '@urql/vue';
import { computed, ref } from 'vue';

/** A part of a connection. */
interface Page {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/**
 * The pages after the first: the cache joins each to those that are there.
 *
 * @param variables of the pages before, without the cursor
 * @param page what is there now
 */
export function useMore<Variables extends { after?: string | null | undefined }>(
  document: TypedDocumentNode<unknown, Variables>,
  variables: () => Variables,
  page: () => Page | undefined,
) {
  const { client } = useClientHandle();
  const isLoadingMore = ref(false);
  async function loadMore(): Promise<void> {
    isLoadingMore.value = true;
    await client.query(document, { ...variables(), after: page()?.pageInfo.endCursor ?? null });
    isLoadingMore.value = false;
  }
  return { hasMore: computed(() => page()?.pageInfo.hasNextPage ?? false), isLoadingMore, loadMore };
}
