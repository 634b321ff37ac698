import { isDecided } from './order-status.js';
import type { Rule } from './violation.js';

/** Nothing waits for a person. */
export const nothingIsUnfinished: Rule = {
  name: 'no saga is unfinished',
  check: ({ orders, openSagas }) => [
    ...orders
      .filter(({ status }) => !isDecided(status))
      .map(({ id, number, status }) => ({ orderId: id, message: `${number} is ${status}` })),
    ...openSagas.map(({ orderId, standing }) => ({ orderId, message: `its saga is ${standing}` })),
  ],
};

/** An event that nobody could take in is work for a person. */
export const nothingIsSetAside: Rule = {
  name: 'no event is set aside',
  check: ({ deadLetters }) =>
    deadLetters.map(({ consumer, type, error, orderId }) => ({
      message: `${consumer} could not take in ${type}: ${error}`,
      ...(orderId === undefined ? {} : { orderId }),
    })),
};
