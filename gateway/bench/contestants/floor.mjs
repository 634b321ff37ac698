// What nobody can go below who asks the same: a gateway's requests to subgraphs, in the waves in which their answers
// allow them, each answer parsed; and a body that was made beforehand. CANNED leaves the requests out.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { Pool } from 'undici';

const { FLOOR_FILE, PORT, CANNED } = process.env; // eslint-disable-line no-restricted-properties -- a program of its own
const { origin, waves, body } = JSON.parse(readFileSync(FLOOR_FILE, 'utf8'));
const bytes = Buffer.from(body);
const pool = new Pool(origin, { connections: 64 });
const headers = ['content-type', 'application/json', 'accept', 'application/json'];

async function ask({ path, body: question }) {
  const answer = await pool.request({ path, method: 'POST', headers, body: question });
  return JSON.parse(await answer.body.text());
}

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
