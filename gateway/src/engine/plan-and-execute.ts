import { Cancellation } from '@souk/kit/lifecycle';
import { type OperationCall, type OperationOutcome, requireStep } from '../operation/operation-call.js';
import { subscribeToPlan } from '../subscriptions/subscribe-to-plan.js';

/** The last step of every operation: plan it, then run the plan once (or once per event). */
export async function planAndExecute(call: OperationCall): Promise<OperationOutcome> {
  const { engine } = call;
  const asked = requireStep(call.operation, 'documents');
  const context = requireStep(call.context, 'identity');
  const operation = engine.overrides ? engine.overrides(asked, context) : asked;
  const found = engine.planner.plan(operation);
  const plan = found instanceof Promise ? await found : found;
  call.plan = plan;
  // A mutation that started is finished even if nobody waits: half of it done would be worse.
  const signal = call.deadline?.signal ?? (operation.kind === 'mutation' ? new Cancellation() : call.signal);
  const request = { plan, operation, variables: call.request.variables ?? {}, context, signal, call };
  if (plan.node?.kind === 'Subscription') return subscribeToPlan(engine, request, plan.node);
  return engine.executor.execute(request);
}
