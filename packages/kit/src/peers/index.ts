export type { PeerOperation, Peers } from './peers.js';
export { createHttpPeers } from './http-peers.js';
export { createInProcessPeers } from './in-process-peers.js';
