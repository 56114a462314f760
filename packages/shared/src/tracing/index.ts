/**
 * Traces, by the API of OpenTelemetry alone: nothing is recorded unless somebody registers a tracer (docs/tracing.md).
 *
 *   await inSpan('pass', { attributes: { 'reroot.cluster': cluster } }, async () => …);
 */
export type { SpanContext } from '@opentelemetry/api';
export { activeSpan, inSpan, joinSpan, keepTrace, type OpenSpan, openSpan, type SpanStart, type WithinTrace } from './span.ts';
export { readTraceparent, writeTraceparent } from './traceparent.ts';
