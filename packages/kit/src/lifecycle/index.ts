export { backoff, worthTelling, type BackoffOptions } from './backoff.js';
export { Cancellation, type CancelSignal } from './cancellation.js';
export { withDeadline } from './deadline.js';
export { startAll, stopAll, type Part } from './parts.js';
export { startPruning, type Pruning, type PruningOptions } from './pruning.js';
export { runProgram } from './run-program.js';
export { onShutdownSignals, type ShutdownOptions } from './shutdown-signals.js';
export { sleep } from './sleep.js';
export { startWorkLoop, type WorkLoop, type WorkLoopOptions } from './work-loop.js';
