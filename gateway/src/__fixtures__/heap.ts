import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
// With the flag set, new contexts have `gc`; this one was made before it.
const collect = runInNewContext('gc') as () => void;

/** Bytes that are still held after a full garbage collection, buffers included. */
export function heapInUse(): number {
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
