import { readFileSync } from 'node:fs';
import path from 'node:path';
import urql from '@urql/vue';
import { type GraphQLSchema, buildSchema, graphql } from 'graphql';
import { createPinia, setActivePinia } from 'pinia';
import { vi } from 'vitest';
import { type App, createApp } from 'vue';
import { createMemoryHistory, createRouter } from 'vue-router';
import { forgetEverything, shopClient } from '@/graph/shop-client.js';
import manifest from '../../../schema/operations.json' with { type: 'json' };

/** Answers of root fields, by name: a value or a function of the arguments. */
export type Answers = Record<string, unknown>;

/** One request as it arrived. */
export interface Arrived {
  readonly operation: string;
  readonly variables: Record<string, unknown>;
  readonly headers: Headers;
}

interface Body {
  readonly query?: string;
  readonly variables: Record<string, unknown>;
  readonly operationName: string;
  readonly extensions?: { readonly persistedQuery?: { readonly sha256Hash: string } };
}

/** Operations by hash, as the gateway knows them. */
const listed = new Map(manifest.operations.map(({ id, body }) => [id, body]));
const textOf = ({ query, extensions }: Body): string =>
  query ?? listed.get(extensions?.persistedQuery?.sha256Hash ?? '') ?? '';

const opened: App[] = [];
let schema: GraphQLSchema | undefined;
const composedSchema = (): GraphQLSchema =>
  (schema ??= buildSchema(
    readFileSync(path.join(import.meta.dirname, '../../../schema/api.graphql'), 'utf8'),
  ));

/**
 * A shop behind `fetch`: the composed schema, checked for real, with the answers that a test gives. `answers` may be
 * changed while it runs. Everything else, from the cache to the stores, is the app's own.
 */
export function openTestShop(answers: Answers) {
  const arrived: Arrived[] = [];
  // The test before left its pages open; they would ask this shop too.
  for (const app of opened.splice(0)) app.unmount();
  localStorage.clear();
  sessionStorage.clear();
  vi.stubGlobal('fetch', async (_url: string, init: RequestInit) => {
    // urql always sends text.
    const body = JSON.parse(init.body as string) as Body;
    const { variables, operationName } = body;
    arrived.push({ operation: operationName, variables, headers: new Headers(init.headers) });
    const result = await graphql({
      schema: composedSchema(),
      source: textOf(body),
      rootValue: answers,
      variableValues: variables,
    });
    return Response.json(result, { headers: { 'content-type': 'application/graphql-response+json' } });
  });
  const pinia = createPinia();
  setActivePinia(pinia);
  shopClient();
  forgetEverything();

  /** Runs a composable inside an app, as a page would. */
  function run<Result>(composable: () => Result): Result {
    let result: Result | undefined;
    const app = createApp({
      setup() {
        result = composable();
        return () => null;
      },
    });
    app.use(pinia);
    app.use(urql, shopClient());
    app.use(
      createRouter({
        history: createMemoryHistory(),
        routes: [
          { path: '/orders/:id', name: 'order', component: {} },
          { path: '/:all(.*)*', component: {} },
        ],
      }),
    );
    opened.push(app);
    app.mount(document.createElement('div'));
    return result as Result; // setup() has run once mount() returns
  }
  return { arrived, run, operations: () => arrived.map(({ operation }) => operation) };
}
