import type { Logger } from '@souk/kit/log';
import type { OperationCall } from '../../operation/operation-call.js';

/**
 * Tells, once, that an address that was refused may be that of a proxy: its requests say for whom they were passed on,
 * and the gateway was not told to believe that.
 */
export function suspectProxy(logger: Logger): (call: OperationCall) => void {
  let wasTold = false;
  return ({ headers, clientAddress }) => {
    const forwarded = headers['x-forwarded-for'];
    if (wasTold || forwarded === undefined || clientAddress === undefined) return;
    if (String(forwarded).includes(clientAddress)) return;
    wasTold = true;
    logger.warn(
      { address: clientAddress },
      'a rate limit was reached by an address that passes requests on. If it is your proxy, everybody behind it shares one bucket: set TRUSTED_PROXIES (server.trustedProxies).',
    );
  };
}
