import { readFileSync } from 'node:fs';
import {
  type Certificate,
  certificatesOf,
  exportPrivateKey,
  importPrivateKey,
  parseCertificate,
  parseCertificates,
  parseCrls,
  parseCsr,
  readPem,
  rootsOf,
  verifyChain,
  verifyCsr,
} from '@reroot/shared/pki';
import { fixedEcKey } from './fixed-keys.ts';
import { largePem } from './large-inputs.ts';
import type { FuzzTarget } from './target.ts';

/** When the samples are valid. */
const nowMs = Date.UTC(2030, 0, 1);

/** Of certificates and lists, and of requests. */
const maxBytes = 2 ** 20;
const maxRequestBytes = 16_384;

interface Samples {
  readonly root: Certificate;
  readonly intermediate: Certificate;
  readonly csrPem: string;
  readonly crlPem: string;
}

/** Everything that reads PEM and DER: certificates, bundles, chains, requests, revocation lists, keys. */
export function certificateTargets(): readonly FuzzTarget[] {
  const { root, intermediate, csrPem, crlPem } = readSamples();
  const csr = parseCsr(csrPem).der;
  const bundle = Buffer.from(`# roots\n${root.pem}${intermediate.pem}\n`);
  const large = { largest: largePem(root.pem) };
  const open = { damage: 'refuses', seedOutcome: 'taken', changedTaken: 'some', maxBytes } as const;
  /** A signature stands over all of it, and there is one encoding alone. */
  const signed = { ...open, changedTaken: 'none' } as const;
  const request = { ...signed, maxBytes: maxRequestBytes } as const;
  return [
    { ...open, name: 'certificate in DER', weight: 60, seeds: [root.der, intermediate.der], read: parseCertificate },
    {
      ...open,
      ...large,
      name: 'certificates in PEM',
      weight: 60,
      seeds: [bundle],
      read: (input) => parseCertificates(textOf(input)),
    },
    { ...open, ...large, name: 'trust bundle', weight: 30, seeds: [bundle], read: (input) => rootsOf(textOf(input)) },
    {
      ...{ ...open, ...large, name: 'any PEM', damage: 'reports', weight: 30 },
      seeds: [bundle, Buffer.from(csrPem), Buffer.from(crlPem)],
      read: (input) => certificatesOf(readPem(textOf(input))),
    },
    {
      ...{ ...signed, name: 'chain', weight: 40, seeds: [intermediate.der] },
      read: (input) => verifyChain([parseCertificate(input)], [root], nowMs),
    },
    { ...request, name: 'certificate request', weight: 30, seeds: [csr], read: (input) => parseCsr(input) },
    {
      ...{ ...request, ...large, name: 'certificate request in PEM', changedTaken: 'some', maxBytes: 65_536, weight: 20 },
      seeds: [Buffer.from(csrPem)],
      read: (input) => parseCsr(textOf(input)),
    },
    { ...request, name: 'certificate request in the thread pool', weight: 10, seeds: [csr], read: (input) => verifyCsr(input) },
    {
      ...open,
      ...large,
      name: 'revocation lists',
      weight: 30,
      seeds: [Buffer.from(crlPem)],
      read: (input) => parseCrls(textOf(input)),
    },
    {
      ...{ ...open, ...large, name: 'private key', weight: 5, seeds: [Buffer.from(exportPrivateKey(fixedEcKey()))] },
      read: (input) => importPrivateKey(textOf(input)),
    },
  ];
}

/** They are kept in a file, for ECDSA signs differently each time. */
function readSamples(): Samples {
  const pem = readFileSync(new URL('sample-certificates.pem', import.meta.url), 'utf8');
  const [root = '', intermediate = '', csrPem = '', crlPem = ''] = pem.match(/-----BEGIN [\s\S]+?-----END [^\n]+\n/g) ?? [];
  return { root: parseCertificate(root), intermediate: parseCertificate(intermediate), csrPem, crlPem };
}

function textOf(input: Uint8Array): string {
  return Buffer.from(input).toString('latin1');
}
