/**
 * Vendure 3.7.3 on a quiet machine with one core for the server, CPU ms a request. Other machines are compared by
 * what a bare Node.js server does there and here.
 */
export const REFERENCE = {
  version: '3.7.3',
  bareRps: 18_500,
  postgres: { list: 6.3, search: 40, detail: 37, add: 27, cart: 24 },
  sqlite: { list: 5.7, search: 8.4, detail: 16, add: 11, cart: 8.9 },
};

/** How many times less the shop must cost: than Vendure on PostgreSQL each, and than on SQLite what is only read. */
export const BARS = { postgres: 5, sqlite: 3, growth: 3, liveP99Ms: 100 };
/** What may cost little more in a large catalogue. */
const GROWING = {
  search: 'search with facets',
  newSearch: 'search with facets, never asked before,',
};
const READS = ['list', 'search', 'detail', 'cart'];

/** What this machine would need for what the reference machine did: a bare server's CPU time here, by that there. */
export const scaleOf = (bareCpuMs) => bareCpuMs / (1000 / REFERENCE.bareRps);

/**
 * The bars at the smallest catalogue: what was wanted and what was measured.
 *
 * @param cpuOf CPU ms of a page at so many products, with the gateway's caches off; undefined if not measured
 * @param vendure figures of this machine by database, by page
 */
export function bars({ cpuOf, sizes, vendure, live }) {
  const [smallest] = sizes;
  const largest = sizes.at(-1);
  const entries = [];
  for (const database of ['postgres', 'sqlite']) {
    for (const [page, theirs] of Object.entries(vendure[database] ?? {})) {
      if (database === 'sqlite' && !READS.includes(page)) continue;
      const ours = cpuOf(page, smallest);
      if (ours === undefined) continue;
      const times = theirs / ours;
      entries.push({
        what: `${page}, against Vendure on ${database === 'postgres' ? 'PostgreSQL' : 'SQLite'} (${theirs.toFixed(2)} ms)`,
        wanted: `at least ${BARS[database]}x`,
        measured: `${times.toFixed(1)}x`,
        isMet: times >= BARS[database],
      });
    }
  }
  for (const [page, what] of Object.entries(GROWING)) {
    const [few, many] = [cpuOf(page, smallest), cpuOf(page, largest)];
    if (few === undefined || many === undefined || largest === smallest) continue;
    entries.push({
      what: `${what} at ${largest} products, against ${smallest}`,
      wanted: `at most ${BARS.growth}x`,
      measured: `${(many / few).toFixed(1)}x`,
      isMet: many / few <= BARS.growth,
    });
  }
  if (live) {
    entries.push({
      what: `event commit to browser, ${live.pages} open order pages, p99`,
      wanted: `under ${BARS.liveP99Ms} ms`,
      measured: `${live.p99} ms`,
      isMet: live.p99 < BARS.liveP99Ms,
    });
  }
  return entries;
}
