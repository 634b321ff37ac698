import type { DomainEvent } from '../event.js';
import type { EventCatalogue } from './define-events.js';

/** What the subgraphs of this process have described, by their names. */
const catalogues = new Map<string, EventCatalogue>();

export function registerCatalogue(catalogue: EventCatalogue): void {
  catalogues.set(catalogue.source, catalogue);
}

/**
 * Throws unless each event is as its owner has described it; owners that describe nothing publish what they like.
 * Called wherever an event is written, so that a wrong one takes its whole transaction back instead of reaching
 * readers that cannot read it.
 */
export function checkPublished(events: readonly DomainEvent[]): void {
  for (const event of events) catalogues.get(event.source)?.check(event);
}
