import { pipeline } from 'node:stream/promises';
import type { IncomingHttpHeaders } from 'node:http';
import type { HttpRoute } from '@souk/kit/subgraph';
import { request as httpRequest } from 'undici';
import { sendJson } from '../../http/write.js';

/** Headers that belong to one connection and are not passed on, plus those the proxy sets itself. */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'host',
  'expect',
  'content-length',
]);

const forwardable = (headers: IncomingHttpHeaders): Record<string, string | string[]> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || HOP_BY_HOP.has(name) ? [] : [[name, value]],
    ),
  );

/**
 * A route of a subgraph in another process.
 *
 * @param options.path a prefix that ends with `/`, or an exact path
 * @param options.target the subgraph's origin, `http://products:4000`
 * @param options.takesPost lets POST pass, too, with its body as it comes; else only GET and HEAD do @default false
 * @example proxyRoute({ path: '/img/', target: 'http://products:4000' })
 */
export function proxyRoute(options: {
  readonly path: string;
  readonly target: string;
  readonly takesPost?: boolean;
}): HttpRoute {
  const { origin } = new URL(options.target);
  const methods = options.takesPost ? ['GET', 'HEAD', 'POST'] : ['GET', 'HEAD'];
  return {
    path: options.path,
    async handle(request, response) {
      const method = methods.find((one) => one === request.method);
      if (method === undefined) {
        response.setHeader('allow', methods.join(', '));
        return sendJson(response, 405, { error: `Use ${methods.join(' or ')}.` });
      }
      try {
        const upstream = await httpRequest(`${origin}${request.url ?? '/'}`, {
          method,
          headers: forwardable(request.headers),
          ...(method === 'POST' ? { body: request } : {}),
          headersTimeout: 10_000,
          bodyTimeout: 10_000,
        });
        response.writeHead(upstream.statusCode, responseHeaders(upstream.headers));
        await pipeline(upstream.body, response);
      } catch {
        if (response.headersSent) response.destroy();
        else sendJson(response, 502, { error: 'This cannot be fetched right now. Try again shortly.' });
      }
    },
  };
}

/** The body passes unchanged, so its length stays; connection headers do not. */
const responseHeaders = (headers: IncomingHttpHeaders): Record<string, string | string[]> => ({
  ...forwardable(headers),
  ...(headers['content-length'] === undefined ? {} : { 'content-length': headers['content-length'] }),
});
