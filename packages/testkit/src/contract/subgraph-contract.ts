import { composeServices } from '@apollo/composition';
import { ENVELOPE_HEADER, type Viewer, signEnvelope } from '@souk/kit/auth';
import type { Logger } from '@souk/kit/log';
import { type ServedSubgraph, serveSubgraph } from '@souk/kit/server';
import type { SubgraphApp } from '@souk/kit/subgraph';
import { type ExecutionResult, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** An entity of the subgraph and how the suite can ask for it. */
export interface EntityProbe {
  readonly typename: string;
  /** Representations (without `__typename`) of at least two different existing entities. */
  readonly known: () => Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** A representation of one that does not exist. */
  readonly unknown: Readonly<Record<string, unknown>>;
  /** What `unknown` resolves to. @default 'null' */
  readonly unknownIs?: 'null' | 'stub';
  /** Fields that need the store, for example `{ id name }` without the braces. */
  readonly selection: string;
  /** The viewer that may read them. */
  readonly viewer: Viewer;
}

/** What a subgraph tells the suite about itself. */
export interface SubgraphContract {
  /** Called more than once: each call makes an app of its own. `breakStore` takes that app's database away. */
  readonly create: () => Promise<{ readonly app: SubgraphApp; breakStore(): Promise<void> }>;
  readonly logger: Logger;
  /** SDL of those who own fields that it marks as `@external`, as far as it needs them. @default {} */
  readonly neighbours?: Readonly<Record<string, string>>;
  readonly entities: readonly EntityProbe[];
  /** Counts the calls that reached the database since the last call of `reset`. */
  readonly storeCalls: { reset(): void; count(): number };
  /** An operation only a signed-in user may run, and the code that an anonymous caller gets. */
  readonly guarded: {
    readonly query: string;
    readonly variables?: Record<string, unknown>;
    readonly code: string;
  };
  /** A query that needs the store, for when it is away. */
  readonly storeQuery: { readonly query: string; readonly viewer: Viewer };
}

const SECRET = 'contract-suite-secret-of-32-characters!';
const ENTITIES = (selection: string, typename: string) =>
  `query ($r: [_Any!]!) { _entities(representations: $r) { ... on ${typename} { ${selection} } } }`;

/** A supergraph needs a query; a subgraph that only extends the entities of others has none of its own. */
const SOMETHING_TO_ASK = {
  name: 'something-to-ask',
  url: 'http://something-to-ask',
  typeDefs: parse('type Query { somethingToAsk: Int }'),
};

interface EntitiesData {
  readonly _entities: readonly (Record<string, unknown> | null)[];
}

/**
 * What every subgraph promises, in one line.
 *
 * @example describeSubgraphContract('orders', contract);
 */
export function describeSubgraphContract(name: string, contract: SubgraphContract): void {
  describe(`${name} keeps the subgraph contract`, () => {
    let app: SubgraphApp;
    let served: ServedSubgraph;
    beforeAll(async () => {
      ({ app } = await contract.create());
      served = await serve(app, contract.logger);
    });
    afterAll(async () => served.stop());

    const run = (
      query: string,
      variables: Record<string, unknown>,
      viewer: Viewer,
    ): Promise<ExecutionResult> =>
      app.execute({ query, variables, context: { viewer, requestId: 'contract' } });
    const post = (body: unknown, headers?: Record<string, string>) => postTo(served, body, headers);
    const signed = (viewer: Viewer, audience = name, secret = SECRET, now = new Date()) =>
      signedFor(viewer, audience, secret, now);

    it('composes on its own, or with the owners of what it builds on, and serves the SDL that composition reads', async () => {
      const alone = { name, url: `http://${name}`, typeDefs: parse(app.sdl) };
      const neighbours = Object.entries(contract.neighbours ?? {}).map(([owner, sdl]) => ({
        name: owner,
        url: `http://${owner}`,
        typeDefs: parse(sdl),
      }));
      const composed = composeServices([
        alone,
        ...neighbours,
        ...(/^type Query\b/m.test(app.sdl) ? [] : [SOMETHING_TO_ASK]),
      ]);
      expect(composed.errors?.map((error) => error.message) ?? []).toEqual([]);
      const { text } = await post({ query: '{ _service { sdl } }' });
      expect(text).toContain('@key');
    });

    for (const entity of contract.entities) {
      it(`resolves ${entity.typename} entities in order, repeated and missing ones included, in one store call`, async () => {
        const known = await entity.known();
        expect(known.length).toBeGreaterThanOrEqual(2);
        const wanted = [...known, entity.unknown, ...[...known].reverse()];
        const variables = { r: wanted.map((fields) => ({ __typename: entity.typename, ...fields })) };
        contract.storeCalls.reset();
        const result = await run(ENTITIES(entity.selection, entity.typename), variables, entity.viewer);
        expect(contract.storeCalls.count()).toBe(1);
        // The suite asked for `_entities`, so a result without errors has this shape.
        const { _entities: found } = result.data as unknown as EntitiesData;
        const forward = found.slice(0, known.length);
        expect(forward.every((value) => value !== null)).toBe(true);
        expect(found.slice(known.length + 1)).toEqual([...forward].reverse());
        expect(new Set(forward.map((value) => JSON.stringify(value))).size).toBe(known.length);
        if ((entity.unknownIs ?? 'null') === 'null') expect(found[known.length]).toBeNull();
        else expect(found[known.length]).not.toBeNull();
      });
    }

    it('takes identity from a signed envelope only', async () => {
      const { query, code } = contract.guarded;
      const body = { query, variables: contract.guarded.variables ?? {} };
      const admin: Viewer = { kind: 'user', userId: 'contract-admin', roles: ['ADMIN'] };
      expect((await post(body)).text).toContain(code);
      expect((await post(body, { 'x-souk-user': 'admin', 'x-souk-roles': 'ADMIN' })).text).toContain(code);
      const refused = await Promise.all([
        post(body, await signed(admin, name, 'another-secret-that-is-long-enough-too')),
        post(body, await signed(admin, 'another-subgraph')),
        post(body, await signed(admin, name, SECRET, new Date(Date.now() - 120_000))),
        post(body, { [ENVELOPE_HEADER]: 'not.a.jws' }),
      ]);
      // One that is merely too old tells of clocks that differ: nobody should sign in again for it.
      expect(refused.map(({ status }) => status)).toEqual([401, 401, 503, 401]);
      expect((await post(body, await signed(admin))).status).not.toBe(401);
    });

    it('answers broken requests with a 4xx and no stack trace', async () => {
      const answers = await Promise.all([
        post('{ not json'),
        post({ query: '{ nonsense' }),
        post({ query: '{ noSuchField }' }),
        post({ query: 42 }),
      ]);
      for (const { status, text } of answers) {
        expect(status).toBeGreaterThanOrEqual(400);
        expect(status).toBeLessThan(500);
        expect(text).not.toMatch(/node_modules|\bat .+:\d+:\d+/);
      }
    });

    it('is alive and ready, and says why when it is not; failures are masked', async () => {
      const { app: doomed, breakStore } = await contract.create();
      const alone = await serve(doomed, contract.logger);
      try {
        const health = () => fetch(`${alone.url}/health`);
        const ready = () => fetch(`${alone.url}/ready`);
        expect((await health()).status).toBe(200);
        expect((await ready()).status).toBe(200);
        await breakStore();
        expect((await health()).status).toBe(200);
        const notReady = await ready();
        expect(notReady.status).toBe(503);
        expect(await notReady.text()).toContain('reason');
        const { query, viewer } = contract.storeQuery;
        const { text } = await postTo(alone, { query }, await signed(viewer));
        expect(text).toMatch(/"code":"(INTERNAL|UNAVAILABLE)"/);
        expect(text).not.toMatch(/ECONN|postgres|mongo|node_modules|stack/i);
      } finally {
        await alone.stop();
      }
    });
  });
}

const serve = (app: SubgraphApp, logger: Logger): Promise<ServedSubgraph> =>
  serveSubgraph(app, { host: '127.0.0.1', port: 0, secret: SECRET, logger, drainMs: 500 });

async function postTo(served: ServedSubgraph, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${served.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, text: await response.text() };
}

async function signedFor(viewer: Viewer, audience: string, secret: string, now: Date) {
  return {
    [ENVELOPE_HEADER]: await signEnvelope({ viewer, requestId: 'contract' }, { audience, secret, now }),
  };
}
