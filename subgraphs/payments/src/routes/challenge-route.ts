import type { IncomingMessage } from 'node:http';
import { type HttpRoute, readBody } from '@souk/kit/subgraph';
import type { CommandDeps } from '../commands/command-deps.js';
import { completeChallenge } from '../commands/complete-challenge.js';
import { answerPage, PAGE_POLICY, questionPage } from './challenge-page.js';
import { respondPage } from './respond-page.js';

/** Below it, the id of a challenge. */
export const CHALLENGE_PATH = '/payments/challenge/';

/** In bytes: `approve=false`, and some air. */
const LONGEST_BODY = 1_024;

/**
 * The sandbox's bank, as a page: it asks the shopper to confirm a payment, with two buttons and no script. Whoever
 * knows the address may answer, so it is hard to guess and no other site can.
 */
export function challengeRoute(deps: CommandDeps): HttpRoute {
  return {
    path: CHALLENGE_PATH,
    async handle(request, response) {
      response.setHeader('content-security-policy', PAGE_POLICY);
      response.setHeader('referrer-policy', 'no-referrer');
      const id = idIn(request);
      if (request.method === 'POST') {
        const body = await readBody(request, LONGEST_BODY);
        const approve = new URLSearchParams(body.toString('utf8')).get('approve');
        const { kind } = await completeChallenge(deps, id, approve === 'true');
        return respondPage(response, STATUS[kind], answerPage(kind));
      }
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        response.setHeader('allow', 'GET, HEAD, POST');
        return respondPage(response, 405, answerPage('unknown'));
      }
      const held = await deps.ledger?.challenged(id);
      if (!held) return respondPage(response, 404, answerPage('unknown'));
      const { amountMinor, currency } = held;
      return respondPage(response, 200, questionPage({ amountMinor, currency }));
    },
  };
}

const STATUS = { taken: 200, over: 409, unknown: 404, 'not-allowed': 404 } as const;

const idIn = ({ url = '/' }: IncomingMessage): string =>
  new URL(url, 'http://payments').pathname.slice(CHALLENGE_PATH.length);
