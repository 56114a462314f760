import { isSpanContextValid, type SpanContext } from '@opentelemetry/api';

const version = '00';
const shape = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;
const sampledBit = 1;

/** The value of the header `traceparent` (www.w3.org/TR/trace-context, version 00). Always 55 characters. */
export function writeTraceparent({ traceId, spanId, traceFlags }: SpanContext): string {
  return `${version}-${traceId}-${spanId}-${(traceFlags & sampledBit).toString(16).padStart(2, '0')}`;
}

/**
 * Reads what somebody else has put into that header. It says which trace something belongs to, and nothing that anything is decided
 * by: what is not exactly of the one known shape is as good as nothing.
 */
export function readTraceparent(value: unknown): SpanContext | undefined {
  if (typeof value !== 'string') return undefined;
  const [, traceId = '', spanId = '', flags = ''] = shape.exec(value) ?? [];
  const found = { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & sampledBit, isRemote: true };
  return isSpanContextValid(found) ? found : undefined;
}
