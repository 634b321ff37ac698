import type { FetchNode } from '@apollo/query-planner';
import type { ExecutionResult } from 'graphql';
import type { FetchDescription, SubgraphTransport } from '../../transport/subgraph-transport.js';
import { isObject, jsonText } from './json.js';
import type { Run } from './run.js';
import type { PlanPath } from './targets.js';

/** Sends one fetch of a plan. `representations` is JSON text without the brackets. @throws what the transport throws */
export type Ask = (run: Run, representations?: string) => Promise<ExecutionResult>;

/**
 * Prepares the request of a fetch as far as possible: the text of a request is one concatenation then. A transport
 * that has no use for text (a subgraph in this process) gets the values instead.
 */
export function compileAsk(node: FetchNode, transport: SubgraphTransport, path: PlanPath): Ask {
  const { operation: query, operationName, variableUsages = [] } = node;
  const fetch: FetchDescription = {
    subgraph: node.serviceName,
    kind: node.operationKind,
    operationName,
    isEntityFetch: node.requires !== undefined,
    path,
  };
  const name = operationName === undefined ? '' : `,"operationName":${JSON.stringify(operationName)}`;
  const head = `{"query":${JSON.stringify(query)}${name},"variables":{`;
  const variablesText = (run: Run): string => {
    let text = '';
    for (const variable of variableUsages) {
      const value = run.variables[variable];
      if (value !== undefined) text += `${text && ','}${JSON.stringify(variable)}:${jsonText(value)}`;
    }
    return text;
  };

  if (transport.executeJson) {
    const { executeJson } = transport;
    return (run, representations) => {
      const given = variablesText(run);
      const entities =
        representations === undefined ? '' : `${given && ','}"representations":[${representations}]`;
      const { context, signal, call } = run;
      return executeJson({
        body: `${head}${given}${entities}}}`,
        context,
        signal,
        fetch,
        ...(call ? { call } : {}),
      });
    };
  }
  return (run, representations) => {
    const variables: Record<string, unknown> = {};
    for (const variable of variableUsages) {
      if (run.variables[variable] !== undefined) variables[variable] = run.variables[variable];
    }
    if (representations !== undefined) variables['representations'] = JSON.parse(`[${representations}]`);
    const { context, signal, call } = run;
    return transport.execute({
      query,
      variables,
      ...(operationName === undefined ? {} : { operationName }),
      context,
      signal,
      fetch,
      ...(call ? { call } : {}),
    });
  };
}

/** The fields of an answer; undefined if the subgraph has none. */
export const dataOf = (answer: ExecutionResult): Record<string, unknown> | undefined =>
  isObject(answer.data) ? answer.data : undefined;
