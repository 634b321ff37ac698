import { readFile } from 'node:fs/promises';
import { ANONYMOUS } from '@souk/kit/auth';
import type { Logger } from '@souk/kit/log';
import type { Engine } from '../engine/engine.js';
import { parseManifest } from '../operation/manifest.js';

/** One operation that will surely be asked. */
export interface KnownOperation {
  readonly query: string;
  readonly operationName: string | undefined;
}

/**
 * The operations of a client's manifest.
 * @throws Error that names the file if it cannot be read as one
 */
export async function readManifest(file: string): Promise<KnownOperation[]> {
  const operations = parseManifest(await readFile(file, 'utf8'), file);
  return operations.map(({ name, body }) => ({ query: body, operationName: name }));
}

/**
 * Plans operations before anybody asks them, one after the other and behind all that clients wait for. What is not
 * valid in this supergraph is left out.
 *
 * @param isWanted false once it may stop: another supergraph took over, or the gateway ends
 * @returns how many are planned now
 */
export async function warmUp(
  { documents, overrides, planner }: Engine,
  operations: readonly KnownOperation[],
  isWanted: () => boolean,
  logger: Logger,
): Promise<number> {
  let planned = 0;
  for (const { query, operationName } of operations) {
    if (!isWanted()) break;
    try {
      const operation = documents.check(query, operationName);
      if ('document' in operation) {
        await planner.plan(overrides?.(operation, { viewer: ANONYMOUS }) ?? operation, 'ahead');
        planned += 1;
      }
    } catch (error) {
      if (!isWanted()) break;
      logger.warn({ err: error, operation: operationName }, 'an operation could not be planned ahead');
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  return planned;
}
