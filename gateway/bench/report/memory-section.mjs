import { table } from './table.mjs';

/** From here on all caches are full. */
const WARM = 0.25;
/** How much what is in use may grow from then on, in MB for a million requests. */
const FLAT_MB = 10;

/** Memory over many requests of which hardly two are alike. */
export function memorySection({ requests, connections, heap, minutes, parts, date, loadBefore }) {
  const slope = slopeOf(parts.filter((part) => part.requests >= requests * WARM));
  const verdict = slope <= FLAT_MB ? 'flat' : '**not flat**';
  const rows = parts.map(({ requests: sent, texts, inUse, external, resident }) => [
    sent.toLocaleString('en'),
    texts.toLocaleString('en'),
    inUse.toFixed(1),
    external.toFixed(1),
    resident.toFixed(0),
  ]);
  return [
    `## Memory over ${requests.toLocaleString('en')} varied requests, ${heap ? `\`NODE_OPTIONS=${heap}\`` : 'default heap flags'}`,
    'Small requests, each with variables, a request id, a cart token and a client name of its own; ever new texts, some of them invalid. **In use** is the heap of the thread that serves, after a full garbage collection; resident is the highest that was seen, of all threads.',
    table(['requests', 'texts', 'in use MB', 'outside the heap MB', 'resident MB'], rows),
    `Once caches are full: ${slope >= 0 ? '+' : ''}${slope.toFixed(1)} MB in use for a million requests (wanted: at most ${FLAT_MB}): ${verdict}. ${connections} connections, ${minutes.toFixed(0)} minutes, ${date}; load average before: ${loadBefore}. All caches and their bounds: [gateway/README.md](../gateway/README.md).`,
  ];
}

/** Least squares, in MB for a million requests. */
function slopeOf(parts) {
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const sent = mean(parts.map(({ requests }) => requests));
  const used = mean(parts.map(({ inUse }) => inUse));
  const over = parts.reduce((sum, part) => sum + (part.requests - sent) * (part.inUse - used), 0);
  return (over / parts.reduce((sum, part) => sum + (part.requests - sent) ** 2, 0)) * 1_000_000;
}
