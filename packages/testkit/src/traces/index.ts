export { type CollectedSpan, startTraceCollector, type TraceCollector } from './trace-collector.js';
