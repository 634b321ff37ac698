import { randomUUID } from 'node:crypto';
import { type IncomingMessage, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SIGNATURE_HEADER, problemOf, sign } from '../carrier/webhook/signature.js';
import type { WebhookCarrierOptions } from '../carrier/webhook/webhook-carrier.js';

/** A request that the carrier got. */
export interface CarrierRequest {
  readonly path: string;
  readonly key: string;
  readonly body: Record<string, unknown>;
}

interface CarrierAnswer {
  readonly status: number;
  readonly body?: unknown;
}

/** How the carrier answers; undefined answers like a carrier that works. */
export type Behave = (
  request: CarrierRequest,
) => CarrierAnswer | undefined | Promise<CarrierAnswer | undefined>;

const SECRET = 'what souk and its carrier sign with, 32 chars';

/** A carrier's API on a port of its own, which remembers what it answered under which key. */
export async function startFakeCarrier() {
  const requests: CarrierRequest[] = [];
  const answered = new Map<string, object>();
  const carrier = { behave: (() => undefined) as Behave };
  const server = createServer((request, response) => {
    void read(request).then(async (body) => {
      const problem = problemOf(request.headers[SIGNATURE_HEADER], body, { secret: SECRET, now: new Date() });
      const path = request.url ?? '';
      const key = String(request.headers['idempotency-key']);
      // The carrier reads what souk has signed.
      const received = { path, key, body: JSON.parse(body.toString()) as Record<string, unknown> };
      requests.push(received);
      const answer = problem ? { status: 401, body: { problem } } : await carrier.behave(received);
      response.writeHead(answer?.status ?? 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer ? (answer.body ?? {}) : usual(path, key)));
    });
  });
  const usual = (path: string, key: string): object => {
    if (path.endsWith('/cancel')) return {};
    const known = answered.get(key) ?? {
      trackingNumber: `FAKE-${answered.size + 1}`,
      eta: '2026-12-24T12:00:00Z',
    };
    answered.set(key, known);
    return known;
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server's address is never a string.
  const { port } = server.address() as AddressInfo;
  const options: WebhookCarrierOptions = { name: 'Fake', url: `http://127.0.0.1:${port}`, secret: SECRET };

  return {
    options,
    requests,
    /** Takes the place of the usual answers. */
    behave: (behave: Behave): void => void (carrier.behave = behave),
    /** Reports to a shop as the carrier does. */
    async report(
      shop: string,
      report: Record<string, unknown>,
      signed: { secret?: string; at?: Date; body?: string } = {},
    ): Promise<{ status: number; body: Record<string, unknown> }> {
      const body = JSON.stringify({
        id: randomUUID(),
        at: new Date().toISOString(),
        place: 'Halle, DE',
        message: 'Seen.',
        ...report,
      });
      const response = await fetch(`${shop}/webhooks/carrier`, {
        method: 'POST',
        headers: { [SIGNATURE_HEADER]: sign(body, signed.secret ?? SECRET, signed.at ?? new Date()) },
        body: signed.body ?? body,
      });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
export type FakeCarrier = Awaited<ReturnType<typeof startFakeCarrier>>;

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
