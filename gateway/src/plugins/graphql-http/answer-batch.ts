import type { Logger } from '@souk/kit/log';
import { resultText } from '../../execution/text-result.js';
import type { HttpExchange } from '../../http/exchange.js';
import type { ResponseType } from '../../http/media-types.js';
import { refusalStatus, send, VARY } from '../../http/write.js';
import { readGraphqlRequest } from '../../operation/graphql-request.js';
import { isStream, type OperationCall, type RunOperation } from '../../operation/operation-call.js';
import { type Refusal, refuse } from '../../operation/refusal.js';
import { refusalOf } from '../../operation/refusal-of.js';

/** Several operations in one request. */
export interface BatchingOptions {
  /** Operations in one batch. @default 10 */
  readonly maxOperations?: number;
}

export interface BatchDeps {
  readonly exchange: HttpExchange;
  /** undefined if the client takes no JSON. */
  readonly type: ResponseType | undefined;
  /** What all calls of the batch have in common. */
  readonly template: OperationCall;
  readonly run: RunOperation;
  readonly logger: Logger;
}

/**
 * Runs the operations of a batch at once, each through the whole walk: every limit holds for each of them, and each
 * is charged for. Answers with the results in the same order; a refused operation takes only its own place.
 *
 * @throws Refusal 406 if the client takes streams only
 */
export async function answerBatch(requests: readonly unknown[], deps: BatchDeps): Promise<void> {
  const { exchange, type, template } = deps;
  if (!type)
    throw refuse('BAD_USER_INPUT', 'A batch is answered with JSON: accept application/json.', {
      status: 406,
    });
  const calls = requests.map((): OperationCall => {
    return { ...template, acceptsStream: false, responseHeaders: [], extensions: {}, log: {} };
  });
  const answers = await Promise.all(calls.map((call, index) => answerOne(call, requests[index], deps)));

  const { response, log } = exchange;
  log['batch'] = calls.map((call) => call.log['operation'] ?? '(invalid)');
  const codes = answers.flatMap(({ refusal }) => refusal?.errors[0]?.extensions['code'] ?? []);
  if (codes.length > 0) log['codes'] = [...new Set(codes)];
  for (const [name, value] of calls.flatMap(({ responseHeaders }) => responseHeaders)) {
    if (name.toLowerCase() === 'set-cookie') response.appendHeader(name, value);
    else if (SAME_FOR_ALL.test(name)) response.setHeader(name, value);
  }
  const { status, headers } = whole(
    answers.map(({ refusal }) => refusal),
    type,
  );
  send(
    response,
    status,
    { ...headers, 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store', vary: VARY },
    `[${answers.map(({ text }) => text).join()}]`,
  );
}

/** Headers of one operation that say something about all: the last one knows best. Those about its content do not. */
const SAME_FOR_ALL = /^(ratelimit|retry-after)/i;

interface BatchAnswer {
  readonly text: string;
  readonly refusal?: Refusal;
}

async function answerOne(
  call: OperationCall,
  request: unknown,
  { run, logger }: BatchDeps,
): Promise<BatchAnswer> {
  try {
    const outcome = await run({ ...call, request: readGraphqlRequest(request) });
    if (!isStream(outcome)) return { text: resultText(outcome) };
    throw refuse('BAD_USER_INPUT', 'A stream of events cannot be a part of a batch. Send it by itself.');
  } catch (error) {
    const refusal = refusalOf(error, call.requestId, logger);
    return { text: JSON.stringify({ errors: refusal.errors }), refusal };
  }
}

/** The status of the answer as a whole: a refusal's if all were refused alike. */
function whole(
  refusals: readonly (Refusal | undefined)[],
  type: ResponseType,
): { status: number; headers: Readonly<Record<string, string>> } {
  const [first] = refusals;
  if (!first) return { status: 200, headers: {} };
  const status = refusalStatus(first, type);
  const isAlike = refusals.every((refusal) => refusal && refusalStatus(refusal, type) === status);
  return isAlike ? { status, headers: first.headers } : { status: 200, headers: {} };
}
