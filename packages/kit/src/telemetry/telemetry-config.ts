import { z } from 'zod';

/**
 * The variables that switch tracing on, named as OpenTelemetry names them. Spread it into a program's schema.
 *
 * @example z.object({ PORT, ...telemetryConfig })
 */
export const telemetryConfig = {
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'must be a URL like http://127.0.0.1:4318' })
    .optional()
    .describe('Where traces are sent (OTLP over HTTP), as http://collector:4318. Unset: nothing is traced.'),
  OTEL_TRACES_SAMPLER_ARG: z.coerce
    .number('must be a number from 0 to 1')
    .min(0, 'must be a number from 0 to 1')
    .max(1, 'must be a number from 0 to 1')
    .default(1)
    .describe('Share of requests that are traced, from 0 to 1; a caller that traces decides for its own.'),
};

/** What {@link telemetryConfig} reads. */
export type TelemetryConfig = z.infer<z.ZodObject<typeof telemetryConfig>>;
