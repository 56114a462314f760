import { describe, expect, it } from 'vitest';
import { receivedAlert, refusalAlert } from './refusal-alert.ts';

describe('the alert of a refusal', () => {
  it.each([
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 48],
    ['SELF_SIGNED_CERT_IN_CHAIN', 48],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 48],
    ['CERT_HAS_EXPIRED', 45],
    ['CERT_NOT_YET_VALID', 42],
    ['CERT_REVOKED', 44],
    ['CERT_SIGNATURE_FAILURE', 51],
    ['INVALID_PURPOSE', 43],
    ['ANYTHING_ELSE', 46],
  ])('is for %s the one of RFC 8446: %d', (reason, alert) => {
    expect(refusalAlert(reason)).toBe(alert);
  });
});

describe('an alert that came', () => {
  it.each([
    ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 48],
    ['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', 42],
    ['ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN', 46],
    ['ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_EXPIRED', 45],
  ])('is read from %s', (code, alert) => {
    expect(receivedAlert(code)).toBe(alert);
  });

  it.each(['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'ERR_SSL_WRONG_VERSION_NUMBER', 'ECONNRESET', ''])(
    'is none about a certificate in %j',
    (code) => {
      expect(receivedAlert(code)).toBeUndefined();
    },
  );
});
