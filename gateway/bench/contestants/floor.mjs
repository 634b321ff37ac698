// What nobody can go below who asks the same: a gateway's requests to subgraphs, in the waves in which their answers
// allow them, each answer parsed; and a body that was made beforehand. CANNED leaves the requests out, OWN_CLIENT makes
// them with Souk's HTTP client instead of undici. Bundled before it is started.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { Pool } from 'undici';
import { createHttpClient } from '../../src/transport/http1/http-client.ts';

const { FLOOR_FILE, PORT, CANNED, OWN_CLIENT } = process.env; // eslint-disable-line no-restricted-properties -- a program of its own
const { origin, waves, body } = JSON.parse(readFileSync(FLOOR_FILE, 'utf8'));
const bytes = Buffer.from(body);

function undici() {
  const pool = new Pool(origin, { connections: 64 });
  const headers = ['content-type', 'application/json', 'accept', 'application/json'];
  return async ({ path, body: question }) => {
    const answer = await pool.request({ path, method: 'POST', headers, body: question });
    return JSON.parse(await answer.body.text());
  };
}

function ownClient() {
  const { hostname: host, port } = new URL(origin);
  const client = createHttpClient({
    host,
    port: Number(port),
    isSecure: false,
    connections: 64,
    timeoutMs: 10_000,
  });
  const headers = `host: ${host}\r\ncontent-type: application/json\r\naccept: application/json\r\n`;
  return async ({ path, body: question }) => {
    const head = `POST ${path} HTTP/1.1\r\n${headers}content-length: `;
    const answer = await client.send({ head, body: question, isRepeatable: true });
    return JSON.parse(answer.body);
  };
}

const ask = OWN_CLIENT ? ownClient() : undici();

createServer((request, response) => {
  request.resume().on('end', async () => {
    if (!CANNED) for (const wave of waves) await Promise.all(wave.map(ask));
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': bytes.length,
    });
    response.end(bytes);
  });
}).listen(Number(PORT), '127.0.0.1');
