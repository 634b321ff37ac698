import { createMemoryKv } from '@souk/kit/kv';
import { services } from '../services/index.js';
import { type OpenService, loadServices, openServices } from '../services/open-services.js';
import { type CommandTools, withServers } from './with-servers.js';

/** Migrates every database, does the work, and ends what was started for it. */
export async function withServices(
  work: (opened: readonly OpenService[], tools: CommandTools) => Promise<void>,
): Promise<void> {
  await withServers(async (tools) => {
    const opened = await openServices(await loadServices(services), { ...tools, kv: createMemoryKv() });
    await work(opened, tools);
  });
}
