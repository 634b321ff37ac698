export { describeSubgraphContract, type EntityProbe, type SubgraphContract } from './subgraph-contract.js';
