/** How pushes come to a subscriber. */
export type Way = 'WebSocket' | 'SSE';

/** One way to subscribe to the shop's graph, as its clients do. */
export interface Subscriber {
  readonly way: Way;
  /** What a subscription pushes, until it or its connection ends. Errors of either are thrown. */
  subscribe<Data extends object>(
    query: string,
    variables: Readonly<Record<string, unknown>>,
  ): AsyncIterable<Data>;
  /** Ends all subscriptions. */
  close(): Promise<void>;
}

/** What {@link Subscriber}s need. */
export interface SubscriberOptions {
  /** Of the gateway. */
  readonly url: string;
  /** Headers that say who asks. */
  readonly identity: Readonly<Record<string, string>>;
}
