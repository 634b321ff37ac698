import { createServer } from 'node:net';

// What run-workers.int.test.ts runs: it listens, and a signal ends it.

createServer().listen(0, '127.0.0.1');
