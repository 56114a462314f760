import {
  type Certificate,
  certificatesOf,
  createCrl,
  createCsr,
  createRootCertificate,
  csrToPem,
  exportPrivateKey,
  generateKey,
  importPrivateKey,
  issueIntermediate,
  parseCertificate,
  parseCertificates,
  parseCrls,
  parseCsr,
  readPem,
  rootsOf,
  type Signer,
  signerFromKey,
  verifyChain,
  verifyCsr,
} from '@reroot/shared/pki';
import type { FuzzTarget } from './target.ts';

const nowMs = Date.UTC(2030, 0, 1);
const validity = { notBeforeMs: nowMs - 86_400_000, notAfterMs: nowMs + 86_400_000 };

interface Samples {
  readonly root: Certificate;
  readonly intermediate: Certificate;
  readonly csr: Uint8Array;
  readonly crlPem: string;
  readonly keyPem: string;
}

/** Everything that reads PEM and DER: certificates, bundles, chains, requests, revocation lists, keys. */
export async function certificateTargets(): Promise<readonly FuzzTarget[]> {
  const { root, intermediate, csr, crlPem, keyPem } = await makeSamples();
  const bundle = Buffer.from(`# roots\n${root.pem}${intermediate.pem}\n`);
  return [
    {
      name: 'certificate in DER',
      damage: 'refuses',
      weight: 60,
      seeds: [root.der, intermediate.der],
      read: (input) => parseCertificate(input),
    },
    {
      name: 'certificates in PEM',
      damage: 'refuses',
      weight: 60,
      seeds: [bundle],
      read: (input) => parseCertificates(textOf(input)),
    },
    { name: 'trust bundle', damage: 'refuses', weight: 30, seeds: [bundle], read: (input) => rootsOf(textOf(input)) },
    {
      name: 'any PEM',
      damage: 'reports',
      weight: 30,
      seeds: [bundle, Buffer.from(csrToPem(csr)), Buffer.from(crlPem)],
      read: (input) => certificatesOf(readPem(textOf(input))),
    },
    {
      name: 'chain',
      damage: 'refuses',
      weight: 40,
      seeds: [intermediate.der],
      read: (input) => verifyChain([parseCertificate(input)], [root], nowMs),
    },
    {
      name: 'certificate request',
      damage: 'refuses',
      weight: 40,
      seeds: [csr, Buffer.from(csrToPem(csr))],
      read: (input) => parseCsr(input),
    },
    {
      name: 'certificate request in the thread pool',
      damage: 'refuses',
      weight: 10,
      seeds: [csr],
      read: (input) => verifyCsr(input),
    },
    {
      name: 'revocation lists',
      damage: 'refuses',
      weight: 30,
      seeds: [Buffer.from(crlPem)],
      read: (input) => parseCrls(textOf(input)),
    },
    {
      name: 'private key',
      damage: 'refuses',
      weight: 5,
      seeds: [Buffer.from(keyPem)],
      read: (input) => importPrivateKey(textOf(input)),
    },
  ];
}

async function makeSamples(): Promise<Samples> {
  const [rootKey, key] = [await newKey(), await newKey()];
  const name = { organization: 'acme' };
  const root = await createRootCertificate({
    key: rootKey,
    commonName: 'root',
    ...name,
    ...validity,
    trustDomain: 'cluster.local',
  });
  const csr = await createCsr({ key, commonName: 'east', ...name, uris: ['spiffe://cluster.local/ns/a/sa/b'] });
  const issuer = { issuer: root, issuerKey: rootKey };
  const east = { csr: parseCsr(csr), commonName: 'east intermediate', trustDomain: 'cluster.local' };
  const intermediate = await issueIntermediate({ ...issuer, ...east, ...name, ...validity });
  const revoked = [{ serial: '0a', atMs: nowMs }];
  const crl = await createCrl({ ...issuer, revoked, thisUpdateMs: nowMs, nextUpdateMs: nowMs + 86_400_000, number: 1 });
  return {
    root,
    intermediate,
    csr,
    crlPem: crl.pem,
    keyPem: exportPrivateKey(await generateKey({ kind: 'ecdsa', curve: 'P-256' })),
  };
}

async function newKey(): Promise<Signer> {
  return signerFromKey(await generateKey({ kind: 'ecdsa', curve: 'P-256' }));
}

function textOf(input: Uint8Array): string {
  return Buffer.from(input).toString('latin1');
}
