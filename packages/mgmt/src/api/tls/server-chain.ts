import { RerootError } from '@reroot/shared/errors';
import { type Certificate, certificateProblems, inline } from '@reroot/shared/pki';

/**
 * Holds a server's chain to what clients ask of it: each certificate in its time, the first one good for a server, and each
 * signed by the next one, for many clients do not look for the right order (RFC 8446 §4.4.2).
 * @param place the file, for errors
 * @throws RR_API_TLS_EXPIRED, RR_API_TLS_INVALID
 */
export function requireServerChain(chain: readonly Certificate[], place: string, nowMs: number): void {
  for (const certificate of chain) requireInTime(certificate, place, nowMs);
  const [leaf, ...issuers] = chain;
  if (leaf === undefined) return;
  const [problem] = certificateProblems(leaf, { atMs: nowMs, skewMs: 0, purpose: 'serverAuth' });
  if (problem !== undefined) throw new RerootError('RR_API_TLS_INVALID', problem.message, { place });
  for (const [index, issuer] of issuers.entries()) requireIssuer(issuer, chain[index], place);
}

function requireInTime(certificate: Certificate, place: string, nowMs: number): void {
  const { notBeforeMs, notAfterMs } = certificate;
  if (nowMs >= notBeforeMs && nowMs <= notAfterMs) return;
  const [what, atMs] = nowMs < notBeforeMs ? ['is not valid before', notBeforeMs] : ['has expired at', notAfterMs];
  throw new RerootError('RR_API_TLS_EXPIRED', `${nameOf(certificate)} ${what} ${new Date(atMs).toISOString()}`, { place });
}

function requireIssuer(issuer: Certificate, issued: Certificate | undefined, place: string): void {
  if (issued === undefined || (issued.x509.checkIssued(issuer.x509) && issued.x509.verify(issuer.publicKey))) return;
  throw new RerootError(
    'RR_API_TLS_INVALID',
    `${nameOf(issued)} is not signed by the certificate that follows it, ${nameOf(issuer)}`,
    { place, remedy: 'put the certificate of the server first, and behind each the one that has signed it' },
  );
}

/** Many certificates of servers have no subject: their names are then all that tells them from others. */
function nameOf({ subject, fingerprint, x509 }: Certificate): string {
  const names = (x509.subjectAltName ?? fingerprint).slice(0, 200);
  return subject === '' ? names : inline(subject);
}
