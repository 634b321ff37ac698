export { createApolloExecutor } from './apollo/apollo-executor.js';
export type { World } from './federation/fate.js';
export { type MadeUpOptions, madeUpSubgraph } from './federation/made-up-subgraph.js';
export {
  type Answers,
  type Asked,
  compare,
  type Subgraphs,
  type TwoExecutors,
  twoExecutors,
} from './federation/two-executors.js';
export { wholeGraph } from './federation/whole-graph.js';
export { askOverEvery, type Question, type Told, TRANSPORTS } from './ask-over.js';
export { type GatewayProcess, startGatewayProcess, untilHealthy } from './gateway-process.js';
export { sendRaw } from './raw-socket.js';
export { encodeFrame, OPCODE, openRawWebSocket, type RawWebSocket } from './raw-websocket.js';
export { type ServedShop, serveTinyShop } from './served-shop.js';
