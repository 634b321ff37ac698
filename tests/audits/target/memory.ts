/**
 * What may stay in excess of the beginning, in bytes: a thousand documents as large as they may be, with their plans and
 * what is compiled of them, and up to 64 MB of garbage that is not collected yet.
 */
const LEEWAY = 224 * 1024 * 1024;

/** Memory that the gateway holds in its heap and outside of it (buffers), in bytes, by its own metrics. */
export async function heldMemory(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const value = (name: string): number => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
  return value('nodejs_heap_size_used_bytes') + value('nodejs_external_memory_bytes');
}

/**
 * Resolves once what is held is near what was held before. Garbage is collected when enough of it is there, so this
 * makes some more: bodies that are read, parsed and forgotten.
 */
export async function untilMemoryIsBack(url: string, before: number): Promise<void> {
  const body = JSON.stringify({ query: '{ __typename }', padding: 'x'.repeat(500_000) });
  while ((await heldMemory(url)) > before + LEEWAY) {
    const headers = { 'content-type': 'application/json' };
    await (await fetch(`${url}/graphql`, { method: 'POST', headers, body })).text();
  }
}
