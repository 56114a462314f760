/** Where the rules can be read. */
export const sources = {
  istioCa: 'pilot/pkg/bootstrap/istio_ca.go',
  server: 'pilot/pkg/bootstrap/server.go',
  certController: 'pilot/pkg/bootstrap/certcontroller.go',
  keyCertBundle: 'security/pkg/pki/util/keycertbundle.go',
  crypto: 'security/pkg/pki/util/crypto.go',
  ca: 'security/pkg/pki/ca/ca.go',
  generateCert: 'security/pkg/pki/util/generate_cert.go',
  trustBundle: 'pilot/pkg/trustbundle/trustbundle.go',
  spiffe: 'pkg/spiffe/spiffe.go',
  webhooks: 'pkg/webhooks/util/util.go',
  ztunnel: 'istio/ztunnel: src/tls/certificate.rs',
  envoy: 'envoyproxy/envoy: source/common/tls',
  x509: 'golang/go: src/crypto/x509',
  rsa: 'golang/go: src/crypto/rsa',
  kubernetes: 'kubernetes/kubernetes: pkg/apis/certificates/validation',
} as const;
