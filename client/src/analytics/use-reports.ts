import { useQuery } from '@urql/vue';
import { computed, ref } from 'vue';
import { useResult } from '@/graph/use-result.js';
import { reportsDocument } from './analytics-operations.js';
import { changeOf, currenciesOf, periodOf, sumOf } from './figures.js';

/** Lengths of a period, in days. */
export const PERIODS = [7, 30, 90] as const;

/** The reports of the last days in one currency, beside those of as many days before. */
export function useReports(clock: () => Date = () => new Date()) {
  const days = ref<(typeof PERIODS)[number]>(30);
  const variables = computed(() => periodOf(days.value, clock()));
  const query = useQuery({ query: reportsDocument, variables, requestPolicy: 'cache-and-network' });
  const { part, isLoading, problem, reload } = useResult(
    query,
    ({ salesByDay, funnel, topProducts, ...rest }) =>
      salesByDay && funnel && topProducts ? { salesByDay, funnel, topProducts, ...rest } : undefined,
    ({ topProducts }) => topProducts.every(({ variant }) => variant !== null),
  );

  const currencies = computed(() => currenciesOf(part.value?.salesByDay ?? []));
  const chosen = ref<string>();
  const currency = computed({
    get: () => currencies.value.find((one) => one === chosen.value) ?? currencies.value[0] ?? 'EUR',
    set: (value) => (chosen.value = value),
  });
  const sums = computed(() => sumOf(part.value?.salesByDay ?? [], currency.value));
  const before = computed(() => sumOf(part.value?.before ?? [], currency.value));

  return {
    days,
    currency,
    currencies,
    sales: computed(() => (part.value?.salesByDay ?? []).filter((row) => row.currency === currency.value)),
    sums,
    average: computed(
      () => part.value?.averageOrderValue?.find((one) => one.currency === currency.value)?.average,
    ),
    changes: computed(() => ({
      net: changeOf(sums.value.net, before.value.net),
      orders: changeOf(sums.value.orders, before.value.orders),
      units: changeOf(sums.value.units, before.value.units),
      average: changeOf(
        sums.value.gross / (sums.value.orders || 1),
        before.value.gross / (before.value.orders || 1),
      ),
    })),
    funnel: computed(() => part.value?.funnel),
    products: computed(() =>
      (part.value?.topProducts ?? []).filter(({ revenue }) => revenue.currency === currency.value),
    ),
    hasContent: computed(() => part.value !== undefined),
    isLoading,
    problem,
    reload,
  };
}
