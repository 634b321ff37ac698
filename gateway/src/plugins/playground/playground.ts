import { serveFile } from '../../http/serve-folder.js';
import type { GatewayPlugin } from '../../plugin.js';

export interface PlaygroundOptions {
  /** The built playground. */
  readonly dir: string;
}

/** GraphiQL's editor makes styles as it goes, and runs workers of its own. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "worker-src 'self' blob:",
  "font-src 'self' data:",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'self'",
  "frame-ancestors 'none'",
  "form-action 'self'",
].join('; ');

/** Serves GraphiQL under `/playground`, from files of our own: it works without the internet. */
export function playground({ dir }: PlaygroundOptions): GatewayPlugin {
  return {
    name: 'playground',
    http(exchange, next) {
      const { path, request } = exchange;
      const mine = path === '/playground' || path.startsWith('/playground/');
      if (!mine || (request.method !== 'GET' && request.method !== 'HEAD')) return next();
      if (path === '/playground') {
        // Assets are addressed relative to the page, so the page needs its slash.
        exchange.response.writeHead(308, { location: '/playground/' }).end();
        return;
      }
      const name = path.slice('/playground/'.length) || 'index.html';
      const headers = { 'content-security-policy': CONTENT_SECURITY_POLICY };
      return serveFile(exchange, { dir, name, headers }).then((isServed) => (isServed ? undefined : next()));
    },
  };
}
