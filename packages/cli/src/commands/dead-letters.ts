import { ClearError } from '../clear-error.js';
import { actOnLetters } from '../dead-letters/act-on-letters.js';
import { openLetterBoxes } from '../dead-letters/letter-boxes.js';
import { services } from '../services/index.js';
import type { CommandOptions } from './command-options.js';
import { type CommandTools, withServers } from './with-servers.js';

/** `souk dead-letters list|replay|drop`: what services could not apply, and what is to become of it. */
export async function deadLetters(options: CommandOptions): Promise<void> {
  const wanted = services.filter(({ name }) => options.service === undefined || name === options.service);
  if (wanted.length === 0) {
    throw new ClearError(
      `There is no service "${options.service}". There are ${services.map(({ name }) => name).join(', ')}.`,
    );
  }
  const act = async ({ servers, logger }: CommandTools): Promise<void> => {
    const boxes = await openLetterBoxes(wanted, servers, logger);
    try {
      console.log(await actOnLetters(boxes, options));
    } finally {
      await Promise.all(boxes.map((box) => box.close()));
    }
  };
  await withServers(act, { orRunning: true });
}
