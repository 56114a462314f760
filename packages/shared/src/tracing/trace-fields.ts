import type { LogFields } from '../log/keys.ts';
import { activeSpan } from './span.ts';

/** Which trace a line of the log belongs to; nothing where nothing is traced. */
export function traceFields(): Pick<LogFields, 'traceId' | 'spanId'> {
  const span = activeSpan();
  return span === undefined ? {} : { traceId: span.traceId, spanId: span.spanId };
}
