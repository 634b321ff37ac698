import type { HttpRoute } from '@souk/kit/subgraph';
import type { KeyRing } from './key-ring.js';

/** How long a verifier may keep the JWKS, in seconds: far shorter than a key is published before it signs. */
const MAX_AGE_SECONDS = 300;

/** Serves the public keys at `/.well-known/jwks.json`. */
export function jwksRoute(keyRing: KeyRing): HttpRoute {
  return {
    path: '/.well-known/jwks.json',
    async handle(request, response) {
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        response.writeHead(405, { allow: 'GET, HEAD' }).end();
        return;
      }
      const body = JSON.stringify(await keyRing.jwks());
      response.writeHead(200, {
        'content-type': 'application/jwk-set+json',
        'content-length': Buffer.byteLength(body),
        'cache-control': `public, max-age=${MAX_AGE_SECONDS}`,
        'access-control-allow-origin': '*',
      });
      response.end(request.method === 'HEAD' ? undefined : body);
    },
  };
}
