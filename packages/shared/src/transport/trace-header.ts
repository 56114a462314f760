import { headers, type MsgHdrs } from 'nats/lib/nats-base-client/internal_mod.js';
import { activeSpan, writeTraceparent } from '../tracing/index.ts';

/** Beside the signed message, and not a part of it (www.w3.org/TR/trace-context). */
export const traceHeader = 'traceparent';

/** What it takes, with the line that headers begin with: the server counts it with the payload. */
export const traceHeaderBytes = 'NATS/1.0\r\n'.length + `${traceHeader}: `.length + 55 + '\r\n\r\n'.length;

/** Says which trace is under way here; undefined where none is. */
export function traceHeaders(): MsgHdrs | undefined {
  const span = activeSpan();
  if (span === undefined) return undefined;
  const written = headers();
  written.set(traceHeader, writeTraceparent(span));
  return written;
}
