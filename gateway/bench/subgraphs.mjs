// All subgraphs behind one port. Each question is executed once; from then on its answer is a buffer, so that this
// process is never what is measured.
import { createServer } from 'node:http';
import { execute, parse } from 'graphql';
import { schemaOf, subgraphs } from './schemas.mjs';

const schemas = Object.fromEntries(
  Object.entries(subgraphs).map(([name, subgraph]) => [name, schemaOf(subgraph)]),
);
const answers = new Map();
let asked = [];

async function answerTo(path, body) {
  const { query, variables, operationName } = JSON.parse(body);
  const result = await execute({
    schema: schemas[path.slice(1)],
    document: parse(query),
    variableValues: variables,
    operationName,
  });
  return Buffer.from(JSON.stringify(result));
}

const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', async () => {
    // The orchestrator asks what was asked since it last did.
    if (request.url === '/asked') {
      response.end(JSON.stringify(asked));
      asked = [];
      return;
    }
    const body = Buffer.concat(chunks).toString();
    if (asked.length < 200) asked.push({ path: request.url, body });
    const key = request.url + body;
    let answer = answers.get(key);
    if (!answer) answers.set(key, (answer = await answerTo(request.url, body)));
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length });
    response.end(answer);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
