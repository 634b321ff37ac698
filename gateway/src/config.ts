import path from 'node:path';
import { parseArgs } from 'node:util';
import { ConfigError, host, loadConfig, logLevel, port, redisUrl, secret } from '@souk/kit/config';
import { telemetryConfig } from '@souk/kit/telemetry';
import { z } from 'zod';
import { issuerSchema } from './configuration/identity-schema.js';
import type { IssuerOptions } from './identity/issuer.js';

/** `a=1,b=2` as pairs. */
const pairs = z.string().transform((text, context) =>
  text
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean)
    .map((entry) => {
      const at = entry.indexOf('=');
      if (at < 1) context.addIssue({ code: 'custom', message: `"${entry}" must read name=value` });
      return [entry.slice(0, at), entry.slice(at + 1)] as const;
    }),
);
const list = z.string().transform((text) =>
  text
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean),
);
const file = z.string().transform((name) => path.resolve(name));
const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'must be JSON' });
    return z.NEVER;
  }
});
// The schema has a key for every option of an issuer, which its own types make sure of.
const issuers = z.array(issuerSchema).transform((all) => all as unknown as readonly IssuerOptions[]);

/** The gateway's environment. Paths count from the working directory. */
export const gatewayConfigSchema = z.object({
  PORT: port(4000),
  HOST: host,
  GATEWAY_CPUS: z.coerce
    .number()
    .int()
    .min(1)
    .max(256)
    .default(1)
    .describe('Processes that share the port, one for each processor it may fill; --cpus overrides it.'),
  SUPERGRAPH_SDL: file
    .prefault('schema/supergraph.graphql')
    .describe('The supergraph to serve. Replacing the file replaces the supergraph without a restart.'),
  GATEWAY_CONFIG: file
    .optional()
    .describe(
      'File with the options (gateway.config.ts, or .js). Unset: the one of the shop. Changes count at once.',
    ),
  SUBGRAPH_URLS: pairs
    .prefault('')
    .describe(
      'Subgraph addresses that differ from the supergraph, as name=url,name=url. A name given twice has two replicas.',
    ),
  SOUK_INTERNAL_SECRET: secret
    .optional()
    .describe(
      'Signs who asks towards subgraphs (at least 32 characters). Unset: subgraphs learn no identity.',
    ),
  JWT_ISSUERS: json
    .prefault('[]')
    .pipe(issuers)
    .describe(
      'Whose access tokens are accepted, as JSON: [{"issuer": "…", "jwksUri": "…", "audience": "…"}]. Without jwksUri, OpenID Connect discovery finds the keys. More can be said of an issuer in gateway.config.ts.',
    ),
  GATEWAY_ROUTES: pairs
    .prefault('')
    .describe(
      'Paths passed through to a subgraph, as /img/=products,POST /webhooks/payments=payments: GET and HEAD pass, and POST where it is said.',
    ),
  CORS_ORIGINS: list
    .prefault('')
    .describe('Other origins whose pages may call the gateway, separated by commas; * allows all.'),
  CLIENT_DIR: file.optional().describe('Folder of the built shop client, served under /.'),
  PLAYGROUND_DIR: file
    .prefault('gateway/dist/playground')
    .describe('Folder of the built playground, served under /playground.'),
  TRUSTED_PROXIES: z.coerce
    .number()
    .int()
    .min(0)
    .default(0)
    .describe('How many proxies in front append to x-forwarded-for.'),
  SUBGRAPH_TIMEOUT_MS: z.coerce
    .number()
    .int()
    .min(1)
    .default(10_000)
    .describe('How long one request to a subgraph may take, in milliseconds.'),
  SUBGRAPH_READY_PATH: z
    .string()
    .startsWith('/')
    .optional()
    .describe('Path that answers 2xx once a subgraph is ready. Unset: subgraphs count as ready.'),
  REDIS_URL: redisUrl.describe(
    'What replicas of the gateway share (rate limits, stored operations). Unset: each has its own.',
  ),
  ...telemetryConfig,
  LOG_LEVEL: logLevel,
});

/** The process's environment, for what is not in the schema: options by path (`GATEWAY__LIMITS__MAX_DEPTH=12`). */
export const environment: Readonly<Record<string, string | undefined>> = process.env;

export type GatewayConfig = z.infer<typeof gatewayConfigSchema>;

/**
 * Reads the environment, and the program's arguments: `--cpus 4`.
 *
 * @param args @default none
 * @throws ConfigError that lists every problem.
 */
export function readConfig(
  from: Readonly<Record<string, string | undefined>> = environment,
  args: readonly string[] = [],
): GatewayConfig {
  const { cpus } = readArguments(args);
  return loadConfig(gatewayConfigSchema, cpus === undefined ? from : { ...from, GATEWAY_CPUS: cpus });
}

function readArguments(args: readonly string[]): { readonly cpus?: string | undefined } {
  try {
    return parseArgs({ args: [...args], options: { cpus: { type: 'string' } } }).values;
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new ConfigError([
      `${problem} The only argument is --cpus, as in --cpus 4; see gateway/src/config.ts for settings.`,
    ]);
  }
}

export { defineConfig } from './configuration/define-config.js';
export type { GatewayOptions } from './gateway-options.js';
