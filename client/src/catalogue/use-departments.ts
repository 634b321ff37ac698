import { useQuery } from '@urql/vue';
import { computed } from 'vue';
import { departmentsDocument } from './catalogue-operations.js';

/** The catalogue's first two levels; empty until they are there, or while the catalogue is away. */
export function useDepartments() {
  const { data, fetching } = useQuery({ query: departmentsDocument, variables: {} });
  return {
    departments: computed(() => data.value?.categories ?? []),
    isLoading: computed(() => fetching.value && !data.value),
  };
}
