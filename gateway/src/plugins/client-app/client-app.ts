import { serveFile } from '../../http/serve-folder.js';
import { sendJson } from '../../http/write.js';
import type { GatewayPlugin } from '../../plugin.js';

export interface ClientAppOptions {
  /** The built single-page application. @default undefined: none is served */
  readonly dir?: string;
}

/** What the application's pages and workers may load: themselves, and nothing of others. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'self'",
  "frame-ancestors 'none'",
  "form-action 'self'",
].join('; ');

/**
 * Serves the shop's application. A path without a file gets `index.html` if a person navigates to it, so that the
 * application's own addresses can be opened and reloaded; scripts, images and API calls get an honest 404.
 */
export function clientApp({ dir }: ClientAppOptions): GatewayPlugin {
  return {
    name: 'client-app',
    async http(exchange, next) {
      const { request, response, path } = exchange;
      if (dir === undefined) return next();
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        response.setHeader('allow', 'GET, HEAD');
        return sendJson(response, 405, { error: 'Use GET or HEAD.' });
      }
      const served = (name: string) =>
        serveFile(exchange, { dir, name, headers: { 'content-security-policy': CONTENT_SECURITY_POLICY } });
      if (path !== '/' && (await served(path.slice(1)))) return;
      const navigates = (request.headers.accept ?? '').includes('text/html');
      if ((path === '/' || navigates) && (await served('index.html'))) return;
      return next();
    },
  };
}
