import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { EventLog, RecordedEvent } from '@souk/kit/events';

/** A log in memory that publishes at once, and can be made to fail. */
export interface MemoryEventLog extends EventLog {
  publish(type: string, payload: Readonly<Record<string, unknown>>): void;
  /** While true, nothing can be read. */
  isBroken: boolean;
}

export function createMemoryEventLog(source: string): MemoryEventLog {
  const events: RecordedEvent[] = [];
  const news = new EventEmitter().setMaxListeners(0);
  let isBroken = false;
  const whole = (): void => {
    if (isBroken) throw new Error('the log is broken');
  };
  return {
    get isBroken() {
      return isBroken;
    },
    set isBroken(value) {
      isBroken = value;
      news.emit('news');
    },
    publish(type, payload) {
      const position = events.length + 1;
      events.push({
        id: randomUUID(),
        type,
        source,
        aggregateId: '',
        version: position,
        occurredAt: new Date().toISOString(),
        correlationId: '',
        payload,
        position,
      });
      news.emit('news');
    },
    async read(after, limit) {
      whole();
      return events.slice(after, after + limit);
    },
    async waitBeyond(after, timeoutMs, signal) {
      whole();
      if (events.length > after) return;
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          clearTimeout(timer);
          news.off('news', wake);
          signal.removeEventListener('abort', wake);
          resolve();
        };
        const timer = setTimeout(wake, timeoutMs);
        news.on('news', wake);
        signal.addEventListener('abort', wake);
      });
      whole();
    },
    async head() {
      whole();
      return events.length;
    },
  };
}
