import type pg from 'pg';
import { failSpan, inSpan, isInSpan } from '../telemetry/spans.js';

type Settle = (error: unknown, result: unknown) => void;

/**
 * Gives the queries of a connection spans, as parts of the request that makes them. pg takes queries in several
 * forms; those with a callback and those that answer a promise are traced, streams are not.
 */
export function traceQueries(client: pg.ClientBase, database: string): void {
  const query = client.query.bind(client) as (...args: unknown[]) => unknown;
  const traced = (...args: unknown[]): unknown => {
    const text = textOf(args[0]);
    if (text === undefined || !isInSpan()) return query(...args);
    const settle = args.at(-1);
    if (typeof settle === 'function') {
      // pool.query() comes this way.
      void asSpan(
        text,
        database,
        () =>
          new Promise((resolve, reject) => {
            query(...args.slice(0, -1), (error: unknown, result: unknown) => {
              // What the callback does belongs to whoever asked, and must run before the span's promise settles.
              (settle as Settle)(error, result);
              if (error) reject(error instanceof Error ? error : new Error('query failed'));
              else resolve(undefined);
            });
          }),
      ).catch(() => {});
      return undefined;
    }
    return asSpan(text, database, async () => query(...args));
  };
  // The overloads of pg's query() describe the same forms.
  client.query = traced as typeof client.query;
}

const asSpan = <Result>(text: string, database: string, run: () => Promise<Result>): Promise<Result> => {
  const operation = /^\s*(\w+)/.exec(text)?.[1]?.toUpperCase() ?? 'QUERY';
  const attributes = {
    'db.system.name': 'postgresql',
    'db.namespace': database,
    'db.operation.name': operation,
    // Values are parameters, so the text holds none of them.
    'db.query.text': text.slice(0, 2_000),
  };
  return inSpan(`${operation} ${database}`, { kind: 'client', attributes }, async (span) => {
    try {
      return await run();
    } catch (error) {
      failSpan(span, error);
      const code = (error as { readonly code?: unknown }).code;
      if (typeof code === 'string') span.setAttribute('db.response.status_code', code);
      throw error;
    }
  });
};

function textOf(config: unknown): string | undefined {
  if (typeof config === 'string') return config;
  if (typeof config !== 'object' || config === null || 'submit' in config) return undefined;
  const { text } = config as { readonly text?: unknown };
  return typeof text === 'string' ? text : undefined;
}
