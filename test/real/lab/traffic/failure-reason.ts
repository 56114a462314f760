/** Why a request through two proxies failed, and who refused. */
export interface FailureReason {
  readonly side: 'client' | 'server';
  readonly reason: string;
}

/**
 * Reads it from what the client's Envoy answers: `upstream connect error or disconnect/reset before headers. reset reason:
 * remote connection failure, transport failure reason: TLS_error:|268435581:SSL
 * routines:OPENSSL_internal:CERTIFICATE_VERIFY_FAILED:…`. An alert, such as TLSV1_ALERT_UNKNOWN_CA, came from the server.
 */
export function readFailure(status: number, body: string): FailureReason {
  const tls = /OPENSSL_internal:([A-Z0-9_]+)/.exec(body)?.[1];
  if (tls !== undefined) return { side: tls.includes('_ALERT_') ? 'server' : 'client', reason: tls };
  const reset = /reset reason: ([^,]+)/.exec(body)?.[1];
  if (reset !== undefined) return { side: 'server', reason: nameOf(reset) };
  return { side: 'client', reason: `HTTP_${status}` };
}

function nameOf(text: string): string {
  return text
    .trim()
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_');
}
