import type { Durability } from '../index.js';
import { startEmbeddedMongo } from '../index.js';

// A server in a process of its own, for tests that kill it: server-process.js FOLDER DURABILITY COMPACT_BYTES

const [dataDir = '', durability = 'interval', compactBytes = '67108864'] = process.argv.slice(2);
const before = performance.now();
const mongo = await startEmbeddedMongo({
  production: false,
  dataDir,
  durability: durability as Durability, // the tests only pass the three
  compactBytes: Number(compactBytes),
});
process.stdout.write(`${JSON.stringify({ url: mongo.url, startMs: performance.now() - before })}\n`);
process.on('SIGTERM', () => {
  void mongo.stop().then(() => process.exit(0));
});
