import { useQuery } from '@urql/vue';
import { useIntervalFn } from '@vueuse/core';
import { computed, ref } from 'vue';
import type { SagaStatus } from '@/__generated__/graphql.js';
import { useResult } from '@/graph/use-result.js';

import { sagasDocument } from './saga-operations.js';

/** What the list can be narrowed to. */
export const SHOWN = {
  all: null,
  running: ['RUNNING', 'COMPENSATING', 'RETURNING'],
  stuck: ['STUCK'],
} as const satisfies Record<string, readonly SagaStatus[] | null>;
export type Shown = keyof typeof SHOWN;

const EVERY_MS = 3_000;

/** The newest sagas, again and again. */
export function useSagas() {
  const shown = ref<Shown>('all');
  const variables = computed(() => {
    const statuses = SHOWN[shown.value];
    return { first: 30, statuses: statuses ? [...statuses] : null };
  });
  const query = useQuery({ query: sagasDocument, variables, requestPolicy: 'cache-and-network' });
  const { part, isLoading, problem, reload } = useResult(query, (data) => data.sagas);
  useIntervalFn(() => {
    if (!query.fetching.value) reload();
  }, EVERY_MS);
  return {
    shown,
    sagas: computed(() => part.value?.nodes ?? []),
    total: computed(() => part.value?.totalCount ?? 0),
    isLoading,
    problem,
    reload,
  };
}
