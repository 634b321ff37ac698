import { type DestinationStream, type Logger as PinoLogger, pino } from 'pino';
import pretty from 'pino-pretty';
import { traceIds } from '../telemetry/spans.js';
import { isTracing } from '../telemetry/start-telemetry.js';

/** Structured logging as Souk uses it; pino's own type, so that child loggers and levels come for free. */
export type Logger = Pick<PinoLogger, 'child' | 'debug' | 'error' | 'fatal' | 'info' | 'warn'>;

/** Fields that never reach a log line, wherever they stand. */
const SECRET_FIELDS = [
  'password',
  'passwordHash',
  'accessToken',
  'refreshToken',
  'cartToken',
  'paymentToken',
  'authorization',
  'cookie',
  'secret',
  'token',
];

/** From everything to nothing. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/**
 * Makes the root logger: JSON lines, or coloured text when a person looks at a terminal.
 *
 * @param options.pretty @default false
 * @param options.destination @default standard output
 * @example const logger = createLogger({ level: 'info' }).child({ service: 'orders' });
 */
export function createLogger(options: {
  level: LogLevel;
  pretty?: boolean;
  destination?: DestinationStream;
}): Logger {
  const destination =
    options.destination ?? (options.pretty ? pretty({ ignore: 'pid,hostname', sync: true }) : undefined);
  const settings = {
    level: options.level,
    base: {},
    // The ids of the trace that a line belongs to, so that logs and traces lead to each other.
    mixin: () => (isTracing() ? (traceIds() ?? {}) : {}),
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    redact: {
      paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]),
      censor: '[redacted]',
    },
  };
  return destination ? pino(settings, destination) : pino(settings);
}
