import type { IncomingHttpHeaders } from 'node:http';

/** Headers a page on another site cannot send without asking first (a CORS preflight). */
const PREFLIGHTED = [
  'apollo-require-preflight',
  'x-apollo-operation-name',
  'x-requested-with',
  'x-request-id',
];

/** Whether a page on another site would have had to ask before it sent this. */
export const isPreflighted = (headers: IncomingHttpHeaders): boolean =>
  PREFLIGHTED.some((name) => headers[name] !== undefined);
