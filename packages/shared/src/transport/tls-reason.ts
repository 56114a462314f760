import type { PeerCertificate } from 'node:tls';
import { codeOf } from './reason.ts';

const maxNames = 200;

const unknownCa = 'its certificate is signed by no CA that is known here';
const wantsCertificate = 'it wants a certificate of this program, and was shown none';
const refusesCertificate = "it does not take this program's certificate";

/** By the codes of Node and OpenSSL. */
const reasons: Partial<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet; one of the clocks may be wrong',
  CERT_UNTRUSTED: unknownCa,
  DEPTH_ZERO_SELF_SIGNED_CERT: unknownCa,
  SELF_SIGNED_CERT_IN_CHAIN: unknownCa,
  UNABLE_TO_GET_ISSUER_CERT: unknownCa,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownCa,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownCa,
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: wantsCertificate,
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: wantsCertificate,
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: refusesCertificate,
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED: refusesCertificate,
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN: refusesCertificate,
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: refusesCertificate,
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: 'it speaks no TLS 1.2 or later',
  ERR_SSL_UNSUPPORTED_PROTOCOL: 'it speaks no TLS 1.2 or later',
  ERR_SSL_WRONG_VERSION_NUMBER: 'what it says is no TLS',
};

/** What is wrong with the TLS of a server; undefined when something else is. */
export function tlsReasonOf(error: unknown): string | undefined {
  const code = codeOf(error) ?? '';
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return `its certificate is of another name: ${namesIn(error)}`;
  const known = reasons[code];
  if (known !== undefined) return known;
  return /^(ERR_SSL_|ERR_TLS_|ERROR_IN_CERT_|CERT_|CRL_|HOSTNAME_|INVALID_|PATH_LENGTH_|UNABLE_TO_)/.test(code)
    ? `the handshake fails with ${code}`
    : undefined;
}

/** The names that the certificate holds: a stranger's words, of any length. */
function namesIn(error: unknown): string {
  const { cert } = error as { cert?: PeerCertificate };
  return (cert?.subjectaltname ?? 'it holds none').slice(0, maxNames);
}
