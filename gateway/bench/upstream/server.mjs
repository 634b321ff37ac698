// All subgraphs behind one port. A question is executed once; from then on its answer is a buffer that goes out whole,
// so that this process is never what is measured. It speaks as much HTTP/1.1 as gateways' clients do: keep-alive,
// bodies with a length. The bench itself asks it under /bench/.
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { execute, parse } from 'graphql';
import { schemaOf, subgraphs } from './schemas.mjs';

const MAX_ANSWERS = 20_000;
const MAX_RECORDED = 200;
const HEAD_END = Buffer.from('\r\n\r\n');

const schemas = Object.fromEntries(
  Object.entries(subgraphs).map(([name, subgraph]) => [name, schemaOf(subgraph)]),
);
/** By path and body. */
const answers = new Map();
/** What was asked since the bench last looked; `delay` is how long each answer waits, in milliseconds. */
let record = { delay: 0, count: 0, questions: [] };

const server = createServer({ noDelay: true }, (socket) => {
  let unread = Buffer.alloc(0);
  let busy = false;
  // Answers leave in the order of their questions, whatever a client pipelines.
  const proceed = () => {
    while (!busy) {
      const question = takeQuestion(unread);
      if (!question) return;
      unread = question.rest;
      const known = recall(question);
      if (known) socket.write(known);
      else {
        busy = true;
        answer(question).then((made) => {
          socket.write(made);
          busy = false;
          proceed();
        }, fail(question));
      }
    }
  };
  const fail = (question) => (error) => {
    console.error('The subgraphs of the benchmark cannot answer', question.path, question.body, error);
    socket.destroy();
  };
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    unread = unread.length > 0 ? Buffer.concat([unread, chunk]) : chunk;
    proceed();
  });
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));

/** The first whole request of a buffer, or undefined while some of it is missing. */
function takeQuestion(buffer) {
  const headEnd = buffer.indexOf(HEAD_END);
  if (headEnd < 0) return undefined;
  const head = buffer.latin1Slice(0, headEnd);
  const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
  const start = headEnd + HEAD_END.length;
  if (buffer.length < start + length) return undefined;
  return {
    path: head.slice(head.indexOf(' ') + 1, head.indexOf(' HTTP/')),
    body: buffer.utf8Slice(start, start + length),
    rest: buffer.subarray(start + length),
  };
}

/** What can be answered at once. Counts the question. */
function recall({ path, body }) {
  if (path.startsWith('/bench/')) return response(bench(path));
  record.count += 1;
  if (record.questions.length < MAX_RECORDED) record.questions.push({ path, body, at: performance.now() });
  return record.delay === 0 ? answers.get(path + body) : undefined;
}

async function answer({ path, body }) {
  const { query, variables, operationName } = JSON.parse(body);
  const result = await execute({
    schema: schemas[path.slice(1)],
    document: parse(query),
    variableValues: variables,
    operationName,
  });
  if (answers.size >= MAX_ANSWERS) answers.clear();
  const made = response(result);
  answers.set(path + body, made);
  await sleep(record.delay);
  return made;
}

/** `/bench/record?delay=20` begins a new record, `/bench/recorded` shows it. */
function bench(path) {
  if (path !== '/bench/recorded')
    record = { delay: Number(path.split('delay=')[1] ?? 0), count: 0, questions: [] };
  return record;
}

function response(value) {
  const body = Buffer.from(JSON.stringify(value));
  const head = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head, 'latin1'), body]);
}
