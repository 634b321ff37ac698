import { useClientHandle, useSubscription } from '@urql/vue';
import { refDebounced } from '@vueuse/core';
import { computed, inject, type InjectionKey, provide, ref, shallowRef, watch } from 'vue';
import type { BoardOrderFragment } from '@/__generated__/graphql.js';
import type { Problem } from '@/graph/problem.js';
import { useWhenLive } from '@/graph/use-when-live.js';
import { askForColumns } from './ask-for-columns.js';
import { type Board, emptyBoard, withAnswers, withOrder } from './board.js';
import { orderFeedDocument } from './staff-operations.js';

/** Everybody's orders by status, moving by themselves. Once for the back office: {@link provideBoard}. */
export function useBoardFeed() {
  const { client } = useClientHandle();
  const board = shallowRef<Board>(emptyBoard);
  const search = ref('');
  const debounced = refDebounced(search, 250);
  const query = computed(() => debounced.value.trim());
  const isLoading = ref(true);
  const problem = ref<Problem>();
  const latest = ref<string>();
  let loads = 0;
  /** What the board was loaded for. */
  let shown = '';
  /** What was told since the columns were asked for: their answers may be older. */
  let heard: BoardOrderFragment[] = [];

  async function load(): Promise<void> {
    const [asked, number] = [query.value, (loads += 1)];
    isLoading.value = true;
    problem.value = undefined;
    heard = [];
    const answers = await askForColumns(client, asked);
    if (number !== loads) return; // overtaken by a later one
    const loaded = withAnswers(asked === shown ? board.value : emptyBoard, answers);
    shown = asked;
    board.value = heard.reduce(withNews, loaded);
    problem.value = answers.find((answer) => answer.problem)?.problem;
    isLoading.value = false;
  }
  /** While a search narrows the board, only what it found may move on it. */
  const withNews = (onto: Board, order: BoardOrderFragment): Board =>
    shown !== '' && !onto.orders.has(order.id) ? onto : withOrder(onto, order);
  function takeNews(order: BoardOrderFragment): void {
    if (isLoading.value) heard.push(order);
    const before = board.value;
    board.value = withNews(before, order);
    if (board.value !== before) latest.value = order.id;
  }

  watch(query, load, { immediate: true });
  const feed = useSubscription({ query: orderFeedDocument, variables: {} });
  // At once: of two that come together a later look would see the second alone.
  watch(feed.data, (news) => news?.orderFeed && takeNews(news.orderFeed), { flush: 'sync' });
  useWhenLive(() => void load());
  return { board, search, isLoading, problem, latest, reload: load };
}

const KEY: InjectionKey<ReturnType<typeof useBoardFeed>> = Symbol('board');

export function provideBoard(): void {
  provide(KEY, useBoardFeed());
}

/** The board that the back office's frame keeps. */
export function useBoard() {
  const board = inject(KEY);
  if (!board) throw new Error('useBoard() needs provideBoard() in a component above.');
  return board;
}
