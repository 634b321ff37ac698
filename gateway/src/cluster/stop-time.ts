/** From a worker to the primary process. */
interface StopTimeMessage {
  readonly type: 'souk:stop-time';
  /** How long requests may still run after the worker was told to stop, in milliseconds. */
  readonly ms: number;
}

/** In a worker: says how long requests may still run after it was told to stop, in milliseconds. */
export function tellStopTime(ms: number): void {
  const message: StopTimeMessage = { type: 'souk:stop-time', ms };
  process.send?.(message);
}

/** In the primary process: the milliseconds of a {@link tellStopTime}; undefined if the message is another one. */
export const stopTimeIn = (message: unknown): number | undefined =>
  isStopTime(message) ? message.ms : undefined;

const isStopTime = (message: unknown): message is StopTimeMessage =>
  typeof message === 'object' && message !== null && 'type' in message && message.type === 'souk:stop-time';
