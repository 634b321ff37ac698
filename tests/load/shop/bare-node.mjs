// The calibration: a Node.js server that only answers.
import { createServer } from 'node:http';

const port = Number(process.argv[2]);
const answer = JSON.stringify({ hello: 'world' });
createServer((request, response) => {
  request.resume();
  response.setHeader('content-type', 'application/json');
  response.end(answer);
}).listen(port, '127.0.0.1');
process.on('SIGTERM', () => process.exit(0));
