import { useQuery } from '@urql/vue';
import { refDebounced } from '@vueuse/core';
import { computed, type Ref } from 'vue';
import type { SuggestQuery } from '@/__generated__/graphql.js';
import { suggestDocument } from '@/catalogue/catalogue-operations.js';
import { texts } from '@/texts/en.js';

type Found = NonNullable<SuggestQuery['predictiveSearch']>;

/** One line under the search box and where it leads. */
export type Suggestion =
  | { readonly kind: 'query'; readonly id: string; readonly query: string; readonly label: string }
  | {
      readonly kind: 'category';
      readonly id: string;
      readonly category: Found['categories'][number];
    }
  | {
      readonly kind: 'product';
      readonly id: string;
      readonly product: Found['products'][number];
    };

/** Pause after a key stroke before asking, in milliseconds. */
const PAUSE = 120;

/** What to offer while somebody types; recent searches as long as nothing is typed. */
export function useSuggestions(typed: Ref<string>, recent: Ref<readonly string[]>) {
  const query = refDebounced(
    computed(() => typed.value.trim()),
    PAUSE,
  );
  const { data } = useQuery({
    query: suggestDocument,
    variables: computed(() => ({ query: query.value })),
    pause: () => query.value === '',
  });

  const suggestions = computed<readonly Suggestion[]>(() =>
    typed.value.trim() === ''
      ? recent.value.map((text) => queryLine(text, text))
      : [
          ...toLines(data.value?.predictiveSearch),
          queryLine(typed.value.trim(), texts.suggest.all(typed.value.trim())),
        ],
  );
  return { suggestions };
}

const queryLine = (query: string, label: string): Suggestion => ({
  kind: 'query',
  id: `q-${label}`,
  query,
  label,
});

function toLines(found: Found | null | undefined): Suggestion[] {
  if (!found) return [];
  return [
    ...found.queries.slice(0, 3).map((query) => queryLine(query, query)),
    ...found.categories
      .slice(0, 3)
      .map((category) => ({ kind: 'category' as const, id: `c-${category.slug}`, category })),
    ...found.products.map((product) => ({ kind: 'product' as const, id: `p-${product.slug}`, product })),
  ];
}
