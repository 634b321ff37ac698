import type { EventCatalogue } from '@souk/kit/events';
import { services } from '../services/index.js';

/** What every subgraph publishes. */
export async function loadCatalogues(): Promise<EventCatalogue[]> {
  const code = await Promise.all(services.map((service) => service.load()));
  return code.flatMap(({ published }) => published ?? []);
}
