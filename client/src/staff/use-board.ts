import { useClientHandle, useSubscription } from '@urql/vue';
import { refDebounced } from '@vueuse/core';
import { inject, type InjectionKey, provide, ref, shallowRef, watch } from 'vue';
import { type Problem, problemOf } from '@/graph/problem.js';
import { type Board, COLUMNS, type Column, emptyBoard, withColumn, withOrder } from './board.js';
import { boardDocument, orderFeedDocument } from './staff-operations.js';

const PER_COLUMN = 30;

/** Everybody's orders by status, moving by themselves. */
function useBoardFeed() {
  const { client } = useClientHandle();
  const board = shallowRef<Board>(emptyBoard);
  const search = ref('');
  const query = refDebounced(search, 250);
  const isLoading = ref(true);
  const problem = ref<Problem>();
  const latest = ref<string>();

  async function load(): Promise<void> {
    const asked = query.value.trim();
    isLoading.value = true;
    problem.value = undefined;
    const answers = await Promise.all(COLUMNS.map((column) => loadColumn(column, asked)));
    if (asked !== query.value.trim()) return; // overtaken by a later search
    board.value = answers.reduce((all, add) => add(all), emptyBoard);
    isLoading.value = false;
  }
  async function loadColumn(column: Column, asked: string): Promise<(board: Board) => Board> {
    const variables = { status: [column], query: asked || null, first: PER_COLUMN };
    const { data, error } = await client.query(boardDocument, variables, { requestPolicy: 'network-only' });
    problem.value ??= problemOf(error, !!data?.allOrders);
    return (board) =>
      data?.allOrders ? withColumn(board, column, data.allOrders.nodes, data.allOrders.totalCount) : board;
  }
  watch(query, load, { immediate: true });

  const feed = useSubscription({ query: orderFeedDocument, variables: {} });
  watch(feed.data, (news) => {
    const order = news?.orderFeed;
    // While a search narrows the board, only what it found may move on it.
    if (!order || (query.value.trim() !== '' && !board.value.orders.has(order.id))) return;
    board.value = withOrder(board.value, order);
    latest.value = order.id;
  });
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
