import type { GatewayPlugin } from '../../plugin.js';

export interface SecurityHeadersOptions {
  /**
   * How long browsers shall come by HTTPS only (`strict-transport-security`), in seconds; 31536000 is a year. 0 says
   * nothing, which is right as long as there is a way without TLS.
   * @default 0
   */
  readonly hstsSeconds?: number;
  /** Whether that holds for all names below this one, too. @default false */
  readonly hstsSubdomains?: boolean;
  /**
   * Whose pages may embed what the gateway serves, pictures for example. Calls allowed by `cors` are not embedding.
   * @default 'same-origin'
   */
  readonly embeddableBy?: 'same-origin' | 'same-site' | 'cross-origin';
}

/**
 * Headers that keep browsers from guessing, framing, embedding and leaking, on every response. What is no page may load
 * and run nothing; pages have policies of their own, which replace that one.
 */
export function securityHeaders(options: SecurityHeadersOptions = {}): GatewayPlugin {
  const { hstsSeconds = 0, hstsSubdomains = false, embeddableBy = 'same-origin' } = options;
  const headers = [
    ...['content-security-policy', "default-src 'none'; frame-ancestors 'none'"],
    ...['cross-origin-opener-policy', 'same-origin'],
    ...['cross-origin-resource-policy', embeddableBy],
    ...['permissions-policy', 'camera=(), geolocation=(), microphone=()'],
    ...['referrer-policy', 'strict-origin-when-cross-origin'],
    ...['x-content-type-options', 'nosniff'],
    ...['x-frame-options', 'DENY'],
  ];
  if (hstsSeconds > 0) {
    const subdomains = hstsSubdomains ? '; includeSubDomains' : '';
    headers.push('strict-transport-security', `max-age=${hstsSeconds}${subdomains}`);
  }
  return {
    name: 'security-headers',
    http(exchange, next) {
      exchange.addHeaders(headers);
      return next();
    },
  };
}
