export { isTracing, startTelemetry, type Telemetry } from './start-telemetry.js';
export { telemetryConfig, type TelemetryConfig } from './telemetry-config.js';
export {
  contextFrom,
  failSpan,
  inSpan,
  isInSpan,
  type SpanOptions,
  traceHeaders,
  traceIds,
} from './spans.js';
