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
 * A route of a subgraph in another process. Only reads pass: GET and HEAD.
 *
 * @param options.path a prefix that ends with `/`, or an exact path
 * @param options.target the subgraph's origin, `http://products:4000`
 * @example proxyRoute({ path: '/img/', target: 'http://products:4000' })
 */
export function proxyRoute(options: { readonly path: string; readonly target: string }): HttpRoute {
  const { origin } = new URL(options.target);
  return {
    path: options.path,
    async handle(request, response) {
      const { method } = request;
      if (method !== 'GET' && method !== 'HEAD') {
        response.setHeader('allow', 'GET, HEAD');
        return sendJson(response, 405, { error: 'Use GET or HEAD.' });
      }
      try {
        const upstream = await httpRequest(`${origin}${request.url ?? '/'}`, {
          method,
          headers: forwardable(request.headers),
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
