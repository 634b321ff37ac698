import { createInProcessTransport } from '@souk/kit/events';
import { createMemoryKv } from '@souk/kit/kv';
import { services } from '../services/index.js';
import { type OpenService, loadServices, openServices } from '../services/open-services.js';
import { type CommandTools, withServers } from './with-servers.js';

/** Migrates every database, does the work, and ends what was started for it. */
export async function withServices(
  work: (opened: readonly OpenService[], tools: CommandTools) => Promise<void>,
): Promise<void> {
  await withServers(async (tools) => {
    // Nobody consumes here: what is written is relayed and delivered by the shop that runs next.
    const events = createInProcessTransport({ logger: tools.logger });
    const opened = await openServices(await loadServices(services), {
      ...tools,
      kv: createMemoryKv(),
      events,
    });
    await work(opened, tools);
  });
}
