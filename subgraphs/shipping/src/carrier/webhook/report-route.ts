import type { IncomingMessage } from 'node:http';
import type { Logger } from '@souk/kit/log';
import { type HttpRoute, readBody, respondJson } from '@souk/kit/subgraph';
import { z } from 'zod';
import type { Surroundings } from '../../store/apply-commands.js';
import type { ShippingDatabase } from '../../store/database.js';
import { type ReportOutcome, takeReport } from '../../store/take-report.js';
import { SIGNATURE_HEADER, type SignatureProblem, problemOf } from './signature.js';

/** What {@link reportRoute} needs. */
export interface ReportRouteDeps extends Surroundings {
  readonly database: ShippingDatabase;
  readonly secret: string;
  readonly logger: Logger;
}

/** In bytes. */
const BODY_LIMIT = 64 * 1024;

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const reportSchema = z.object({
  /** The same whenever this report is sent again. */
  id: z.string().min(1).max(200),
  trackingNumber: z.string().min(1).max(100),
  kind: z.enum(['PICKED_UP', 'MOVED', 'DELIVERED', 'LOST']),
  at: instant,
  place: z.string().min(1).max(200),
  message: z.string().min(1).max(500),
  eta: instant.nullish(),
});

const PROBLEMS: Readonly<Record<SignatureProblem, string>> = {
  MALFORMED: `Sign the body: ${SIGNATURE_HEADER}: t=<seconds>,v1=<hex of HMAC-SHA256 over "<seconds>.<body>">.`,
  FORGED: 'The signature is not ours. Check the secret, and sign the bytes that are sent.',
  OUT_OF_DATE: 'The signature is of another time. Check the clock, and sign anew when sending again.',
};
const ANSWERS: Readonly<Record<ReportOutcome, readonly [number, object]>> = {
  TAKEN: [200, { status: 'taken' }],
  KNOWN: [200, { status: 'known' }],
  // The answer to the booking may still be on its way: the carrier is to send it again.
  UNKNOWN_PARCEL: [404, { error: 'There is no such parcel, or not yet. Send the report again later.' }],
};

/**
 * Where a carrier tells what became of its parcels: `POST /webhooks/carrier`, signed. A report that comes again, or is
 * played back by somebody, is answered like the first one and changes nothing.
 */
export function reportRoute(deps: ReportRouteDeps): HttpRoute {
  return {
    path: '/webhooks/carrier',
    async handle(request, response) {
      if (request.method !== 'POST') {
        response.setHeader('allow', 'POST');
        return respondJson(response, 405, { error: 'Use POST.' });
      }
      respondJson(response, ...(await take(deps, request)));
    },
  };
}

async function take(deps: ReportRouteDeps, request: IncomingMessage): Promise<readonly [number, object]> {
  const body = await readBody(request, BODY_LIMIT);
  const problem = problemOf(request.headers[SIGNATURE_HEADER], body, {
    secret: deps.secret,
    now: deps.clock(),
  });
  if (problem) {
    deps.logger.warn({ problem }, 'a report that is not from the carrier was refused');
    return [401, { error: PROBLEMS[problem] }];
  }
  const report = reportSchema.safeParse(parsed(body));
  if (!report.success) {
    const problems = report.error.issues.map(
      ({ path, message }) => `${path.join('.') || 'body'}: ${message}`,
    );
    return [400, { error: 'This is no report.', problems }];
  }
  return ANSWERS[await takeReport(deps.database, report.data, deps)];
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
