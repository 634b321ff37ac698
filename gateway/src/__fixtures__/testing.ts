export { createApolloExecutor } from './apollo/apollo-executor.js';
export type { World } from './federation/fate.js';
export { madeUpSubgraph } from './federation/made-up-subgraph.js';
export {
  type Answers,
  compare,
  type Subgraphs,
  type TwoExecutors,
  twoExecutors,
} from './federation/two-executors.js';
