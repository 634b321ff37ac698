import { vi } from 'vitest';

interface Message {
  readonly type: string;
  readonly id?: string;
  readonly payload?: { readonly operationName?: string };
}

/** The network's side of graphql-transport-ws: what of a browser's WebSocket the client uses, as soon as it asks. */
class Wire {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;
  static readonly open = new Set<Wire>();
  readyState: number = Wire.CONNECTING;
  onopen?: () => void;
  onmessage?: (event: { readonly data: string }) => void;
  onclose?: (event: { readonly code: number; readonly reason: string }) => void;
  /** The ids of subscriptions by the name of the operation. */
  readonly subscribed = new Map<string, string>();

  constructor() {
    queueMicrotask(() => {
      Wire.open.add(this);
      this.readyState = Wire.OPEN;
      this.onopen?.();
    });
  }

  send(text: string): void {
    // Written by graphql-ws.
    const { type, id = '', payload } = JSON.parse(text) as Message;
    if (type === 'connection_init') this.answer({ type: 'connection_ack' });
    if (type === 'ping') this.answer({ type: 'pong' });
    if (type === 'subscribe') this.subscribed.set(payload?.operationName ?? '', id);
  }

  end(operation: string, message: object): void {
    this.answer({ ...message, id: this.subscribed.get(operation) });
    this.subscribed.delete(operation);
  }

  answer(message: object): void {
    queueMicrotask(() => this.onmessage?.({ data: JSON.stringify(message) }));
  }

  close(code = 1000, reason = ''): void {
    if (!Wire.open.delete(this)) return;
    this.readyState = Wire.CLOSED;
    queueMicrotask(() => this.onclose?.({ code, reason }));
  }
}

/**
 * A gateway that takes subscriptions and tells what a test says. To be laid before the first subscription of a test file:
 * the page keeps its one connection.
 *
 * @example const wire = layLiveWire(); wire.tell('OrderFeed', { orderFeed }); wire.cut();
 */
export function layLiveWire() {
  vi.stubGlobal('WebSocket', Wire);
  const listening = (operation: string) => [...Wire.open].filter((wire) => wire.subscribed.has(operation));
  return {
    isHeard: (operation: string): boolean => listening(operation).length > 0,
    tell(operation: string, data: object): void {
      for (const wire of listening(operation))
        wire.answer({ type: 'next', id: wire.subscribed.get(operation), payload: { data } });
    },
    /** A subscription ends with an error. */
    fail(operation: string, error: object): void {
      for (const wire of listening(operation)) wire.end(operation, { type: 'error', payload: [error] });
    },
    /** A subscription cannot begin: the error is its only answer. */
    refuse(operation: string, error: object): void {
      for (const wire of listening(operation)) {
        wire.answer({ type: 'next', id: wire.subscribed.get(operation), payload: { errors: [error] } });
        wire.end(operation, { type: 'complete' });
      }
    },
    /** The network goes away, for a moment. */
    cut(): void {
      for (const wire of Wire.open) wire.close(1006);
    },
  };
}
