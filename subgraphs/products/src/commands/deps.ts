import type { CatalogueStore } from '../store/store.js';

/** What the catalogue's commands need. */
export interface CommandDeps {
  readonly store: CatalogueStore;
  readonly clock: () => Date;
  readonly newId: () => string;
  /** Called after a write: makes the change findable in this process before the answer goes out. */
  readonly onChanged: (productId: string) => Promise<void>;
}

/** Who asked, for the events that come of it. */
export interface Origin {
  readonly requestId: string;
}
