import type { DomainEvent, EventLog, RecordedEvent } from '@souk/kit/events';

/**
 * An event log in memory, for the subgraphs that a test plays.
 *
 * @example const inventory = createMemoryLog(); transport.attach('inventory', inventory); inventory.append(stockReserved);
 */
export function createMemoryLog(): EventLog & { append(...events: DomainEvent[]): void } {
  const recorded: RecordedEvent[] = [];
  const waiting = new Set<() => void>();
  return {
    append(...events) {
      for (const event of events) recorded.push({ ...event, position: recorded.length + 1 });
      for (const wake of waiting) wake();
    },
    read: async (after, limit) => recorded.slice(after, after + limit),
    head: async () => recorded.length,
    waitBeyond(after, timeoutMs, signal) {
      if (recorded.length > after || signal.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        const wake = (): void => {
          clearTimeout(timer);
          waiting.delete(wake);
          signal.removeEventListener('abort', wake);
          resolve();
        };
        const timer = setTimeout(wake, timeoutMs);
        signal.addEventListener('abort', wake);
        waiting.add(wake);
      });
    },
  };
}
