import { z } from 'zod';
import type { GatewayOptions, ServerOptions, SocketOptions } from '../gateway-options.js';
import type { CorsOptions } from '../plugins/cors/cors.js';

/** A section: every option of its type must be listed, and nothing else is taken. */
const section = <Options extends object>(shape: Readonly<Record<keyof Required<Options>, z.ZodType>>) =>
  z.strictObject(shape);

const count = z.int().min(0).optional();
const ms = z.number().min(0).optional();
const texts = z.array(z.string().min(1)).optional();

/** What may stand in `gateway.config.ts`. Types say the same to editors; this says it to whoever starts the gateway. */
export const optionsSchema = z.strictObject({
  server: section<ServerOptions>({ bodyLimit: count, trustedProxies: count, drainMs: ms }).optional(),
  sockets: section<SocketOptions>({ initTimeoutMs: ms }).optional(),
  cors: section<CorsOptions>({ origins: texts }).optional(),
} satisfies Record<keyof GatewayOptions, z.ZodType>);
