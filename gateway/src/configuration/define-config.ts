import type { GatewayOptions } from '../gateway-options.js';

/**
 * Gives `gateway.config.ts` its types; changes nothing.
 *
 * @example
 * // gateway.config.ts
 * import { defineConfig } from '@souk/gateway/config';
 * export default defineConfig({ limits: { maxDepth: 12 }, cors: { origins: ['https://app.example'] } });
 */
export const defineConfig = (options: GatewayOptions): GatewayOptions => options;
