import type { GatewayPlugin } from '../../plugin.js';

/** Headers that keep browsers from guessing, framing and leaking. The pages' own policies are set with the pages. */
const HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
};

/** Sets the headers on every response. */
export function securityHeaders(): GatewayPlugin {
  return {
    name: 'security-headers',
    http({ response }, next) {
      for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
      return next();
    },
  };
}
