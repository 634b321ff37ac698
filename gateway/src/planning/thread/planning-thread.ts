// The program of the planning thread. It shares no memory with the gateway and holds nothing but the planner, so it
// may be slow, run out of memory or be ended at any time.
import { parentPort, workerData } from 'node:worker_threads';
import { createOperationPlanner } from '../operation-planner.js';
import type { PlanQuestion, ThreadData, ThreadMessage } from './messages.js';

if (!parentPort) throw new Error('planning-thread.ts is started by run-thread.ts, not by itself.');
const port = parentPort;
const say = (message: ThreadMessage): void => port.postMessage(message);

// run-thread.ts is the only one who starts this, and types it.
const plan = createOperationPlanner(workerData as ThreadData);
port.on('message', (question: PlanQuestion) => say(answer(question)));
say({ kind: 'ready' });

function answer(question: PlanQuestion): ThreadMessage {
  try {
    return { kind: 'plan', plan: JSON.stringify(plan(question)) };
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    return { kind: 'failed', message, stack };
  }
}
