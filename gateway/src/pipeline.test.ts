import type { ExecutionResult } from 'graphql';
import { expect, it } from 'vitest';
import type { OperationCall, OperationOutcome } from './operation/operation-call.js';
import { createPipeline } from './pipeline.js';

const ANSWERED = { shop: { name: 'Souk' } };

/** Runs a call through a walk of one plugin, which answers this. */
async function run(outcome: OperationOutcome) {
  const pipeline = createPipeline(() => [
    {
      name: 'answers',
      operation(call) {
        call.answered = ANSWERED;
        call.extensions['from'] = 'the walk';
        return outcome;
      },
    },
  ]);
  // As much of a call as a pipeline looks at.
  const call = { extensions: {} } as OperationCall;
  return { call, outcome: await pipeline.run(call) };
}

it('adds the extensions of the call, and keeps nothing of what was answered', async () => {
  const { call, outcome } = await run({ data: ANSWERED });
  expect(outcome).toEqual({ data: ANSWERED, extensions: { from: 'the walk' } });
  expect(call.answered).toBeUndefined();
});

it('leaves a stream as it is: its events are still to be counted', async () => {
  const stream = (async function* (): AsyncGenerator<ExecutionResult> {})();
  const { call, outcome } = await run(stream);
  expect(outcome).toBe(stream);
  expect(call.answered).toBe(ANSWERED);
});
