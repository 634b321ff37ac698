import { Client, type DocumentInput, fetchExchange } from '@urql/vue';
import { type DocumentNode, Kind, type OperationDefinitionNode, OperationTypeNode } from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import { afterEach, expect, it, vi } from 'vitest';
import * as generated from '@/__generated__/graphql.js';
import manifest from '../../../schema/operations.json' with { type: 'json' };
import { byHash } from './by-hash.js';
import { graphCache } from './cache.js';
import { liveExchange } from './live.js';

interface Sent {
  readonly query?: string;
  readonly operationName?: string;
  readonly extensions?: { readonly persistedQuery?: { readonly sha256Hash: string } };
}

const listed = new Map(manifest.operations.map(({ id, body, name }) => [id, { body, name }]));
const operationIn = (document: DocumentNode): OperationDefinitionNode | undefined =>
  document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
const isDocument = (value: unknown): value is DocumentNode =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === Kind.DOCUMENT;
const documents = Object.values<unknown>(generated).filter(isDocument).filter(operationIn);

afterEach(() => vi.unstubAllGlobals());

/** The client's exchanges over a network that answers with what it is told, and what they sent. */
function clientOver(answer: (sent: Sent) => object) {
  const sent: Sent[] = [];
  vi.stubGlobal('fetch', async (_url: string, { body }: { body: string }) => {
    // Written by the client itself a moment ago.
    const request = JSON.parse(body) as Sent;
    sent.push(request);
    return Response.json(answer(request));
  });
  const socket = {
    subscribe(payload: SubscribePayload, sink: { complete: () => void }) {
      sent.push(payload as Sent);
      sink.complete();
      return () => {};
    },
  };
  const exchanges = [
    graphCache(),
    byHash(),
    fetchExchange,
    // The rest of a socket is not used here.
    liveExchange(async () => socket as never),
  ];
  return { sent, client: new Client({ url: 'http://shop.test/graphql', preferGetMethod: false, exchanges }) };
}

async function ask(client: Client, document: DocumentNode): Promise<void> {
  const kind = operationIn(document)?.operation;
  const input = document as DocumentInput<unknown, Record<string, never>>;
  if (kind === OperationTypeNode.MUTATION) await client.mutation(input, {}).toPromise();
  else if (kind === OperationTypeNode.QUERY) await client.query(input, {}).toPromise();
  else client.subscription(input, {}).subscribe(() => {});
}

it('sends nothing but hashes, and the manifest has each', async () => {
  const { client, sent } = clientOver(() => ({ data: null }));
  for (const document of documents) await ask(client, document);
  await expect.poll(() => sent).toHaveLength(documents.length);
  expect(sent.filter(({ query }) => query)).toEqual([]);
  const names = sent.map(({ extensions }) => listed.get(extensions?.persistedQuery?.sha256Hash ?? '')?.name);
  expect(names.sort()).toEqual(manifest.operations.map(({ name }) => name).sort());
});

it('sends the text, too, where the gateway does not know it', async () => {
  const notFound = { errors: [{ message: 'PersistedQueryNotFound' }] };
  const { client, sent } = clientOver(({ query }) => (query ? { data: { cart: null } } : notFound));
  const { data } = await client.query(generated.CartDocument, {}).toPromise();
  expect(data).toEqual({ cart: null });
  expect(sent).toMatchObject([
    { extensions: { persistedQuery: { version: 1 } } },
    {
      query: expect.stringContaining('query Cart') as string,
      extensions: { persistedQuery: { version: 1 } },
    },
  ]);
});

it('sends the text where the page cannot hash', async () => {
  vi.stubGlobal('crypto', {});
  const { client, sent } = clientOver(() => ({ data: { cart: null } }));
  await client.query(generated.CartDocument, {}).toPromise();
  expect(sent).toMatchObject([{ query: expect.stringContaining('query Cart') as string }]);
  expect(sent[0]?.extensions?.persistedQuery).toBeUndefined();
});
