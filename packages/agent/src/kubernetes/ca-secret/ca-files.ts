import type { CaFiles } from '../../cluster/cluster.ts';
import { caSecretName, type SecretObject, textOf, valueOf } from './secret-object.ts';

/**
 * How istiod reads a Secret: `files` by Istio's own names, `tls` as soon as there is a tls.crt, whatever else there is
 * (detectSigningCABundleAndCRL in pilot/pkg/bootstrap/istio_ca.go), `self-signed` where istiod made its own root.
 */
type CaForm = 'files' | 'tls' | 'self-signed';

const crlKey = 'ca-crl.pem';

/** What istiod takes from a Secret; empty where a key is missing. */
export function readCaFiles(secret: SecretObject): CaFiles {
  switch (formOf(secret)) {
    case 'files':
      return {
        caCert: textOf(secret, 'ca-cert.pem'),
        caKey: textOf(secret, 'ca-key.pem'),
        certChain: textOf(secret, 'cert-chain.pem'),
        rootCert: textOf(secret, 'root-cert.pem'),
        ...crlOf(secret),
      };
    case 'tls':
      return {
        caCert: firstBlock(textOf(secret, 'tls.crt')),
        caKey: textOf(secret, 'tls.key'),
        certChain: textOf(secret, 'tls.crt'),
        rootCert: textOf(secret, 'ca.crt'),
      };
    case 'self-signed':
      // Its root is ca-cert.pem, also where a root-cert.pem stands beside it: that one is left behind when istiod renews
      // its root (loadSelfSignedCaSecret in security/pkg/pki/ca/ca.go).
      return {
        caCert: textOf(secret, 'ca-cert.pem'),
        caKey: textOf(secret, 'ca-key.pem'),
        certChain: textOf(secret, 'cert-chain.pem'),
        rootCert: textOf(secret, 'ca-cert.pem'),
      };
  }
}

/** Every root that the Secret names, in whatever form: to verify a server by, not to hand out. */
export function rootsNamedBy(secret: SecretObject): string[] {
  const keys = secret.metadata.name === caSecretName ? ['root-cert.pem', 'ca.crt'] : ['root-cert.pem', 'ca-cert.pem'];
  return keys.map((key) => textOf(secret, key)).filter((text) => text !== '');
}

/** The files as the data of a Secret. */
export function dataOf({ caCert, caKey, certChain, rootCert, crl }: CaFiles): Record<string, string> {
  return {
    'ca-cert.pem': valueOf(caCert),
    'ca-key.pem': valueOf(caKey),
    'cert-chain.pem': valueOf(certChain),
    'root-cert.pem': valueOf(rootCert),
    ...(crl === undefined ? {} : { [crlKey]: valueOf(crl) }),
  };
}

/** istiod passes over an empty file like a missing one, and looks at none in the other forms. */
function crlOf(secret: SecretObject): Pick<CaFiles, 'crl'> {
  const crl = textOf(secret, crlKey);
  return crl === '' ? {} : { crl };
}

function formOf({ metadata, data = {} }: SecretObject): CaForm {
  if (metadata.name !== caSecretName || 'istio-generated' in data) return 'self-signed';
  return 'tls.crt' in data ? 'tls' : 'files';
}

const endOfBlock = '-----END CERTIFICATE-----';

function firstBlock(pem: string): string {
  const end = pem.indexOf(endOfBlock);
  return end === -1 ? pem : `${pem.slice(0, end + endOfBlock.length)}\n`;
}
