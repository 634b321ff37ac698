import type { Logger } from '@souk/kit/log';
import type { OperationCall } from '../../operation/operation-call.js';

/** What becomes of requests that a proxy passes on which the gateway was not told to believe. */
const OUTCOMES = {
  refused:
    'a rate limit was reached by an address that passes requests on, so everybody behind it shares one bucket',
  uncounted:
    'an address that rate limits exempt passes requests on, so nobody behind it is counted by address',
} as const;

/**
 * Tells, once, that an address may be that of a proxy: its requests say for whom they were passed on, and the gateway
 * was not told to believe that.
 */
export function suspectProxy(logger: Logger): (call: OperationCall, outcome: keyof typeof OUTCOMES) => void {
  let wasTold = false;
  return ({ headers, clientAddress }, outcome) => {
    if (wasTold || clientAddress === undefined) return;
    const forwarded = headers['x-forwarded-for'];
    if (forwarded === undefined || String(forwarded).includes(clientAddress)) return;
    wasTold = true;
    logger.warn(
      { address: clientAddress },
      `${OUTCOMES[outcome]}. If it is your proxy, set TRUSTED_PROXIES (server.trustedProxies).`,
    );
  };
}
