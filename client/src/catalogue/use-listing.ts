import { useClientHandle, useQuery } from '@urql/vue';
import { computed, ref, type MaybeRefOrGetter, toValue, watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import type { ProductFilter, ProductSort } from '@/__generated__/graphql.js';
import { problemOf } from '@/graph/problem.js';
import { listingDocument, listingPageDocument } from './catalogue-operations.js';
import { toggleInput } from './facet-input.js';
import { chipsOf } from './filter-chips.js';
import { clean, type ListingState, stateFromUrl, urlFromState } from './listing-state.js';

const PAGE_SIZE = 24;

/**
 * A list of products with facets; the address is its state.
 *
 * @param category the page's own category, which is no filter that could be taken away
 */
export function useListing(category: MaybeRefOrGetter<string | undefined> = undefined) {
  const route = useRoute();
  const router = useRouter();
  const { client } = useClientHandle();
  const state = computed(() => stateFromUrl(route.query));
  const sort = computed<ProductSort>(
    () => state.value.sort ?? (state.value.query ? 'RELEVANCE' : 'FEATURED'),
  );
  const variables = computed(() => ({
    query: state.value.query,
    filter: clean({ ...state.value.filter, ...(toValue(category) && { categories: [toValue(category)!] }) }),
    sort: sort.value,
    first: PAGE_SIZE,
  }));
  const { data, error, fetching, executeQuery } = useQuery({ query: listingDocument, variables });

  const isLoadingMore = ref(false);
  const pagesLoaded = ref(1);
  watch(variables, () => (pagesLoaded.value = 1));
  async function loadMore(): Promise<void> {
    const after = data.value?.search?.pageInfo.endCursor;
    if (isLoadingMore.value || after == null) return;
    isLoadingMore.value = true;
    // The cache joins the page to the list above.
    await client.query(listingPageDocument, { ...variables.value, after });
    isLoadingMore.value = false;
    pagesLoaded.value++;
  }

  /** The address of this list with some of it changed. */
  const addressOf = (changes: Partial<ListingState>) => ({
    query: urlFromState({ ...state.value, ...changes }),
  });
  const go = (changes: Partial<ListingState>) => router.push(addressOf(changes));
  const facets = computed(
    () => data.value?.search?.facets.filter(({ id }) => !(toValue(category) && id === 'category')) ?? [],
  );

  return {
    query: computed(() => state.value.query),
    filter: computed(() => state.value.filter),
    sort,
    products: computed(() => data.value?.search?.nodes ?? []),
    total: computed(() => data.value?.search?.totalCount ?? 0),
    /** The query with its typing errors put right, if that finds more. */
    didYouMean: computed(() => (fetching.value ? null : (data.value?.search?.didYouMean ?? null))),
    addressOf,
    facets,
    chips: computed(() => chipsOf(state.value.filter, facets.value)),
    hasMore: computed(() => data.value?.search?.pageInfo.hasNextPage ?? false),
    isFirstLoad: computed(() => fetching.value && !data.value),
    isRefreshing: computed(() => fetching.value && !!data.value),
    isLoadingMore,
    pagesLoaded,
    problem: computed(() => problemOf(error.value, !!data.value?.search)),
    loadMore,
    reload: () => executeQuery({ requestPolicy: 'network-only' }),
    toggle: (input: unknown) => go({ filter: toggleInput(state.value.filter, input) }),
    setPrice: (price: ProductFilter['price']) =>
      go({ filter: clean({ ...state.value.filter, price: price ?? null }) }),
    setSort: (sort: ProductSort) => go({ sort }),
    clear: () => go({ filter: {} }),
  };
}

/** What the parts of a listing page share. */
export type Listing = ReturnType<typeof useListing>;
