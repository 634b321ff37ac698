import type { Logger } from '@souk/kit/log';
import { type HttpRoute, readBody, respondJson } from '@souk/kit/subgraph';
import { isSigned } from '../provider/http/webhook-signature.js';
import { taskOfWebhook, webhookEvent } from '../provider/http/webhook-event.js';
import type { Surroundings } from '../store/apply-commands.js';
import type { PaymentsDatabase } from '../store/database.js';
import { takeNotice } from '../store/provider-notices.js';

/** Where the provider sends its webhooks. */
export const WEBHOOK_PATH = '/webhooks/payments';

/** In bytes. */
const LONGEST_BODY = 256 * 1024;

/** What {@link webhookRoute} needs. */
export interface WebhookDeps extends Surroundings {
  readonly database: PaymentsDatabase;
  readonly logger: Logger;
  /** What the provider signs with. Never logged. */
  readonly secret: string;
  /** Called when a notice has been written down. */
  readonly onNotice: () => void;
}

/**
 * Takes webhooks: 400 and nothing done unless the signature holds for this very body and moment; 200 once it is
 * written down, or was before. Anything else makes the provider send it again.
 */
export function webhookRoute(deps: WebhookDeps): HttpRoute {
  const { database, clock, logger, secret } = deps;
  return {
    path: WEBHOOK_PATH,
    async handle(request, response) {
      if (request.method !== 'POST') {
        response.setHeader('allow', 'POST');
        return respondJson(response, 405, { error: 'Use POST.' });
      }
      const body = await readBody(request, LONGEST_BODY);
      const header = request.headers['stripe-signature'];
      const isGenuine = isSigned(typeof header === 'string' ? header : undefined, body, {
        secret,
        now: clock(),
      });
      if (!isGenuine) {
        logger.warn('a webhook without a valid signature was refused');
        return respondJson(response, 400, { error: 'The signature does not fit this body and this time.' });
      }
      const event = parse(body);
      if (!event) return respondJson(response, 400, { error: 'This is no event.' });
      const task = taskOfWebhook(event);
      const outcome = task
        ? await database.transaction((sql) => takeNotice(sql, { id: event.id, task }, deps))
        : 'of-nobody';
      logger.debug({ eventId: event.id, type: event.type, outcome }, 'webhook taken');
      if (outcome === 'applied') deps.onNotice();
      return respondJson(response, 200, { received: true });
    },
  };
}

function parse(body: Buffer) {
  try {
    return webhookEvent.safeParse(JSON.parse(body.toString('utf8'))).data;
  } catch {
    return undefined;
  }
}
