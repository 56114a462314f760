import type { NamedFiles } from '@reroot/shared/istio';
import {
  type Certificate,
  createCsr,
  createRootCertificate,
  exportPrivateKey,
  generateKey,
  issueIntermediate,
  issueLeaf,
  parseCsr,
  signerFromKey,
} from '@reroot/shared/pki';
import { makeOddCaSets } from '@reroot/shared/testing';

/** Files of CAs, good and bad, as somebody may put them into `cacerts`. */
export interface CaWorkshop {
  /** A signer under root A. */
  readonly sound: NamedFiles;
  /** Changes to what a running istiod holds, one after the other; each changes the bytes of bundle or chain. */
  readonly reloads: Readonly<Record<string, (held: NamedFiles) => NamedFiles>>;
  /** Sets for a new istiod. */
  readonly starts: Readonly<Record<string, NamedFiles>>;
}

const dayMs = 86_400_000;
const algorithm = { kind: 'ecdsa', curve: 'P-256' } as const;
const badBlock = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
const ecParameters = '-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n';

/** Makes new keys and certificates. */
export async function openCaWorkshop(): Promise<CaWorkshop> {
  const nowMs = Math.floor(Date.now() / 1000) * 1000;
  const life = { notBeforeMs: nowMs - dayMs, notAfterMs: nowMs + 100 * dayMs };
  const roots = await Promise.all(['A', 'B', 'C'].map((name) => makeRoot(`root ${name}`, life)));
  const [a, b, c] = roots.map(({ certificate }) => certificate.pem) as [string, string, string];
  const ended = await makeRoot('ended root', { notBeforeMs: nowMs - 9 * dayMs, notAfterMs: nowMs - dayMs });
  const signer = await makeSigner(roots[0]!, life);
  const sound: NamedFiles = { ...signer.files, 'root-cert.pem': a };
  const renewed = await makeSigner(roots[0]!, life);
  const leaf = await makeLeafSigner(roots[0]!, life);
  return {
    sound,
    reloads: {
      'the signer is renewed': (held) => ({ ...held, ...renewed.files }),
      'B is added': (held) => ({ ...held, 'root-cert.pem': `${held['root-cert.pem'] ?? ''}${b}` }),
      'the order changes': (held) => ({ ...held, 'root-cert.pem': b + a }),
      'a comment is appended': comment,
      'B goes and C comes': (held) => ({ ...held, 'root-cert.pem': a + c }),
      'the key is that of another': (held) => comment({ ...held, 'ca-key.pem': leaf.key }),
      'the chain is gone': (held) => without(comment(held), 'cert-chain.pem'),
      'the chain lacks the signer': (held) => comment({ ...held, 'cert-chain.pem': '' }),
      'the signer has no root': (held) => comment({ ...held, ...ended.asSigner }),
      'the signer is no CA': (held) => comment({ ...held, ...leaf.files }),
      'a bad block is appended': (held) => ({ ...held, 'root-cert.pem': `${held['root-cert.pem'] ?? ''}${badBlock}` }),
    },
    starts: {
      sound,
      'the chain is missing': without(sound, 'cert-chain.pem'),
      'the key is missing': without(sound, 'ca-key.pem'),
      'the TLS form': { 'tls.crt': signer.files['ca-cert.pem'] ?? '', 'tls.key': signer.files['ca-key.pem'] ?? '', 'ca.crt': a },
      'the TLS form beside the other one, which is broken': {
        ...without(sound, 'ca-key.pem'),
        ...{ 'tls.crt': signer.files['ca-cert.pem'] ?? '', 'tls.key': signer.files['ca-key.pem'] ?? '', 'ca.crt': a },
      },
      'the chain lacks the signer': { ...sound, 'cert-chain.pem': '' },
      'the chain is one blank line': { ...sound, 'cert-chain.pem': '\n' },
      'the chain begins with something that has ended': {
        ...sound,
        'cert-chain.pem': `${ended.certificate.pem}${sound['cert-chain.pem'] ?? ''}`,
      },
      'the signer stands second': { ...sound, 'ca-cert.pem': `${a}${sound['ca-cert.pem'] ?? ''}` },
      'the key is that of another': { ...sound, 'ca-key.pem': leaf.key },
      'EC PARAMETERS stand before the key': { ...sound, 'ca-key.pem': `${ecParameters}${sound['ca-key.pem'] ?? ''}` },
      'the signer is no CA': { ...sound, ...leaf.files },
      'the signer has no root': { ...sound, 'root-cert.pem': b },
      'the root has ended': { ...sound, ...ended.asSigner, 'root-cert.pem': ended.certificate.pem },
      'a bundle has a bad block': { ...sound, 'root-cert.pem': `${a}${badBlock}` },
      'a bundle has a root that has ended and nobody needs': { ...sound, 'root-cert.pem': `${a}${ended.certificate.pem}` },
      'a bundle has a root twice': { ...sound, 'root-cert.pem': a + a },
      'two roots are joined in one line': { ...sound, 'root-cert.pem': a.trimEnd() + b },
      ...makeOddCaSets(life, a),
      'there is an empty CRL': { ...sound, 'ca-crl.pem': '' },
      'there is a CRL that is none': { ...sound, 'ca-crl.pem': '# no list\n' },
    },
  };
}

interface MadeRoot {
  readonly certificate: Certificate;
  readonly signer: ReturnType<typeof signerFromKey>;
  /** As the files of a CA that signs by itself. */
  readonly asSigner: NamedFiles;
}

type Life = { readonly notBeforeMs: number; readonly notAfterMs: number };

async function makeRoot(commonName: string, life: Life): Promise<MadeRoot> {
  const key = await generateKey(algorithm);
  const signer = signerFromKey(key);
  const certificate = await createRootCertificate({ key: signer, commonName, ...life });
  return { certificate, signer, asSigner: filesOf(certificate, exportPrivateKey(key)) };
}

async function makeSigner({ certificate, signer }: MadeRoot, life: Life): Promise<{ readonly files: NamedFiles }> {
  const key = await generateKey(algorithm);
  const csr = parseCsr(await createCsr({ key: signerFromKey(key), commonName: 'signer' }));
  const made = await issueIntermediate({ csr, issuer: certificate, issuerKey: signer, commonName: 'signer', ...life });
  return { files: filesOf(made, exportPrivateKey(key)) };
}

/** A leaf in the place of a CA. */
async function makeLeafSigner(
  { certificate, signer }: MadeRoot,
  life: Life,
): Promise<{ readonly files: NamedFiles; readonly key: string }> {
  const key = await generateKey(algorithm);
  const uris = ['spiffe://cluster.local/ns/default/sa/web'];
  const { publicKeySpki } = signerFromKey(key);
  const made = await issueLeaf({ publicKeySpki, issuer: certificate, issuerKey: signer, uris, ...life });
  return { files: filesOf(made, exportPrivateKey(key)), key: exportPrivateKey(key) };
}

function filesOf({ pem }: Certificate, key: string): NamedFiles {
  return { 'ca-cert.pem': pem, 'ca-key.pem': key, 'cert-chain.pem': pem };
}

/** Changes the bytes of the bundle and none of its roots. */
function comment(files: NamedFiles): NamedFiles {
  return { ...files, 'root-cert.pem': `${files['root-cert.pem'] ?? ''}# one line more\n` };
}

function without(files: NamedFiles, name: string): NamedFiles {
  return Object.fromEntries(Object.entries(files).filter(([each]) => each !== name));
}
