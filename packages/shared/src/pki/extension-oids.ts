/** Object identifiers of extensions (RFC 5280 §4.2.1, §5.2, §5.3) and of the purposes in extendedKeyUsage. */
export const oids = {
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  crlNumber: '2.5.29.20',
  reasonCode: '2.5.29.21',
  nameConstraints: '2.5.29.30',
  crlDistributionPoints: '2.5.29.31',
  certificatePolicies: '2.5.29.32',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  anyExtendedKeyUsage: '2.5.29.37.0',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
} as const;

/** GeneralName: uniformResourceIdentifier (RFC 5280 §4.2.1.6). */
export const uriTag = 6;

/** GeneralName: dNSName. */
export const dnsTag = 2;

/** GeneralName: iPAddress. */
export const ipTag = 7;
