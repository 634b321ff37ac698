import {
  operationFromDocument,
  ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
  Supergraph,
} from '@apollo/federation-internals';
import { type QueryPlan, QueryPlanner } from '@apollo/query-planner';
import { type DocumentNode, parse } from 'graphql';
import { fieldsThatRequire, wrapConditionalRequirements } from './conditional-requirements.js';
import { keepConditionalSelections } from './conditional-selections.js';
import { interfaceObjectsOf, withoutNamesOfInterfaces } from './interface-objects.js';
import { mergeWithoutCycles } from './merge-without-cycles.js';
import { restorePlan } from './restore-plan.js';
import type { SupergraphToPlan } from './supergraph-to-plan.js';

/** An operation as the planner needs it; plain data where the document is text. */
export interface OperationToPlan {
  readonly document: DocumentNode | string;
  readonly name: string | undefined;
  /** Labels of `@override` that are on; all others are off. @default [] */
  readonly labels?: readonly string[];
}

/**
 * Plans with @apollo/query-planner, at once and in this thread. It takes milliseconds, sometimes seconds: what serves
 * requests asks planner.ts instead.
 *
 * @example const plan = createOperationPlanner(supergraphToPlan(loadSupergraph(sdl)))(operation);
 */
export function createOperationPlanner({
  sdl,
  uses,
}: SupergraphToPlan): (operation: OperationToPlan) => QueryPlan {
  const supergraph = Supergraph.build(sdl, {
    supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
    // supergraph-to-plan.ts saw to it.
    validateSupergraph: false,
  });
  mergeWithoutCycles();
  const planner = new QueryPlanner(supergraph);
  const api = supergraph.apiSchema();
  const interfaceObjects = interfaceObjectsOf(supergraph);
  const requiring = fieldsThatRequire(sdl);
  return ({ document, name, labels = [] }) => {
    const parsed = typeof document === 'string' ? parse(document) : document;
    const asked = keepConditionalSelections(wrapConditionalRequirements(parsed, requiring));
    const plan = planner.buildQueryPlan(
      operationFromDocument(api, asked, {
        validate: false,
        ...(name === undefined ? {} : { operationName: name }),
      }),
      { overrideConditions: new Map(labels.map((label) => [label, true])) },
    );
    const named = interfaceObjects.size > 0 ? withoutNamesOfInterfaces(plan, interfaceObjects) : plan;
    return uses.size > 0 ? restorePlan(named, uses) : named;
  };
}
