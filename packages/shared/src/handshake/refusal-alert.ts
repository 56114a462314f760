/** Alerts of TLS 1.3 (RFC 8446 §6.2) that are about the other end's certificate. */
const alerts = {
  badCertificate: 42,
  unsupportedCertificate: 43,
  certificateRevoked: 44,
  certificateExpired: 45,
  certificateUnknown: 46,
  unknownCa: 48,
  decryptError: 51,
} as const;

/** What OpenSSL would send for each verdict of its verification (`x509table` in ssl/statem/statem_lib.c). */
const alertOf: ReadonlyMap<string, number> = new Map([
  ...[
    ...['UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
    ...['DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN', 'INVALID_CA', 'PATH_LENGTH_EXCEEDED'],
    'CERT_CHAIN_TOO_LONG',
  ].map((reason) => [reason, alerts.unknownCa] as const),
  ['CERT_HAS_EXPIRED', alerts.certificateExpired],
  ['CERT_NOT_YET_VALID', alerts.badCertificate],
  ['CERT_UNTRUSTED', alerts.badCertificate],
  ['CERT_REJECTED', alerts.badCertificate],
  ['CERT_REVOKED', alerts.certificateRevoked],
  ['CERT_SIGNATURE_FAILURE', alerts.decryptError],
  ['INVALID_PURPOSE', alerts.unsupportedCertificate],
]);

/**
 * The alert that goes with a verdict of OpenSSL's verification. Node completes the handshake before it looks at the verdict
 * and so never sends it: an end says it in its answer instead.
 */
export function refusalAlert(reason: string): number {
  return alertOf.get(reason) ?? alerts.certificateUnknown;
}

/**
 * The end of an error of OpenSSL that says which alert came: ERR_SSL_TLSV1_ALERT_UNKNOWN_CA, and what is before it depends on
 * the age of the alert.
 */
const received: ReadonlyMap<string, number> = new Map([
  ['BAD_CERTIFICATE', alerts.badCertificate],
  ['UNSUPPORTED_CERTIFICATE', alerts.unsupportedCertificate],
  ['CERTIFICATE_REVOKED', alerts.certificateRevoked],
  ['CERTIFICATE_EXPIRED', alerts.certificateExpired],
  ['CERTIFICATE_UNKNOWN', alerts.certificateUnknown],
  ['UNKNOWN_CA', alerts.unknownCa],
  ['DECRYPT_ERROR', alerts.decryptError],
]);

/** Which alert about a certificate the other end has sent, by the code of Node's error; undefined when it is none of them. */
export function receivedAlert(errorCode: string): number | undefined {
  const name = /^ERR_SSL_.*_ALERT_([A-Z_]+)$/.exec(errorCode)?.[1];
  return name === undefined ? undefined : received.get(name);
}
