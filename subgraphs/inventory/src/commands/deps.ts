import type { Stamp } from '../events/published.js';
import type { InventoryStore } from '../store/store.js';

/** What changing stock needs. */
export interface CommandDeps extends Stamp {
  readonly store: InventoryStore;
  /** How long units are held for an order, in milliseconds; Infinity for ever. */
  readonly keepMs: number;
  /** Called when an event has been written, so that the relay need not wait for its poll. */
  readonly onPublished: () => void;
}
