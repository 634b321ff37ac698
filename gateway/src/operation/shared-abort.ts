import { setMaxListeners } from 'node:events';

/**
 * An abort controller that any number of fetches may listen to at once. Node warns of a leak at the eleventh listener
 * otherwise, and a plan can well have more parallel fetches, a socket more operations.
 */
export function createSharedAbort(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}
