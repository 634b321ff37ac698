import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { commandOf, endProcess } from '../../processes/process.js';
import type { Logger } from '../options.js';

/**
 * Ends the `mongod` that an earlier, killed Souk left running on this data: it would keep the new one from starting.
 *
 * @param data the `--dbpath`; mongod writes its process number into `mongod.lock` there
 */
export async function stopLeftOver(data: string, logger: Logger): Promise<void> {
  const text = await readFile(path.join(data, 'mongod.lock'), 'utf8').catch(() => '');
  const pid = Number.parseInt(text, 10);
  // The number may belong to another program by now; that one does not name our data.
  if (!Number.isInteger(pid) || !(await commandOf(pid)).includes(data)) return;
  logger.warn({ pid }, 'stopping the mongod that an earlier run left behind');
  await endProcess(pid, { name: 'mongod', ask: 'SIGTERM', insist: 'SIGKILL' });
}
