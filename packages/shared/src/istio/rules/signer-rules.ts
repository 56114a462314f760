import type { KeyObject } from 'node:crypto';
import type { PemItem } from '../../pki/index.ts';
import { inline } from '../../pki/index.ts';
import { firstBlockOf } from '../ca-set.ts';
import type { CaCase, Occurrence, Rule } from '../rule.ts';
import { sources } from '../sources.ts';
import { nameOf, placeOf } from '../wording.ts';

/** The certificate and the key that istiod signs with. */
export const signerRules: readonly Rule[] = [
  {
    id: 'signer-unreadable',
    verdict: 'refuses',
    versions: {},
    title: 'the first block of ca-cert.pem is not a certificate',
    why: 'istiod takes the first block as the signing certificate, whatever it is called',
    remedy: 'put the certificate of the signing CA first',
    source: sources.crypto,
    check: ({ set }) => {
      const { signer } = set;
      if (signer === undefined) return [];
      const first = firstBlockOf(signer);
      if (first?.kind === 'certificate') return [];
      return first === undefined
        ? [{ message: 'there is no PEM block', where: signer.name }]
        : [{ message: `the first block is ${kindOf(first)}`, where: placeOf(signer, first) }];
    },
  },
  {
    id: 'signer-not-first',
    verdict: 'refuses',
    versions: {},
    title: 'the certificate that the key belongs to does not stand first in ca-cert.pem',
    why: 'istiod looks at the first block alone, and finds that certificate and key do not match',
    remedy: 'put the signing certificate first, and those above it into cert-chain.pem',
    source: sources.keyCertBundle,
    check: (known) => keyMatch(known).filter(({ rule }) => rule === 'signer-not-first'),
  },
  {
    id: 'key-mismatch',
    verdict: 'refuses',
    versions: {},
    title: 'the private key is not that of the signing certificate',
    why: 'istiod checks it before it takes the files: "the cert does not match the key"',
    remedy: 'give the certificate and the key that were made together',
    source: sources.keyCertBundle,
    check: (known) => keyMatch(known).filter(({ rule }) => rule === 'key-mismatch'),
  },
  {
    id: 'key-unreadable',
    verdict: 'refuses',
    versions: {},
    title: 'the first block of ca-key.pem is not an unencrypted private key',
    why: 'istiod reads the first block alone, as RSA PRIVATE KEY, EC PRIVATE KEY or PRIVATE KEY; EC PARAMETERS before the key is enough to fail',
    remedy: 'make it one PKCS#8 block: openssl pkcs8 -topk8 -nocrypt -in KEY -out ca-key.pem',
    source: sources.crypto,
    check: ({ set }) => {
      const { key } = set;
      if (key === undefined) return [];
      const first = firstBlockOf(key);
      if (first?.kind === 'private-key') return [];
      return first === undefined
        ? [{ message: 'there is no PEM block', where: key.name }]
        : [{ message: `the first block is ${kindOf(first)}`, where: placeOf(key, first) }];
    },
  },
  {
    id: 'signer-more-blocks',
    verdict: 'warns',
    versions: {},
    title: 'ca-cert.pem holds more than the signing certificate',
    why: 'only the first block counts; what else stands there reaches nobody',
    remedy: 'keep the signing certificate alone, and put those above it into cert-chain.pem',
    source: sources.crypto,
    check: ({ set }) => {
      const { signer } = set;
      if (set.form === 'tls' || signer === undefined || signer.items.length < 2) return [];
      return [{ message: `${signer.items.length} blocks, of which the first counts`, where: signer.name }];
    },
  },
  {
    id: 'signer-not-ca',
    verdict: 'refuses',
    stage: 'start',
    versions: {},
    title: 'the signing certificate is not a CA',
    why: 'istiod does not start: "certificate is not authorized to sign other certificates". On a reload it does not look: it takes the certificate, and every verifier refuses what it signs',
    remedy: 'give a certificate whose basicConstraints say CA',
    source: sources.ca,
    check: ({ signer, set }) =>
      signer === undefined || signer.claimsCa ? [] : [{ message: `${nameOf(signer)} is not a CA`, ...at(set.signer?.name) }],
  },
  {
    id: 'signer-key-usage',
    verdict: 'breaks',
    versions: {},
    title: 'the signing certificate has a keyUsage without keyCertSign',
    why: 'istiod looks at the keyUsage of those above its signer only; Envoy and ztunnel refuse every leaf that it signs',
    remedy: 'issue the signing certificate with keyCertSign',
    source: sources.keyCertBundle,
    check: ({ signer, set }) =>
      signer?.keyUsage === undefined || signer.keyUsage.includes('keyCertSign')
        ? []
        : [{ message: `${nameOf(signer)} is only for ${signer.keyUsage.join(', ')}`, ...at(set.signer?.name) }],
  },
];

/** Whether certificate and key belong together, and if not, which of the two rules says so. */
function keyMatch({ set, signer }: CaCase): readonly (Occurrence & { readonly rule: string })[] {
  const key = set.key === undefined ? undefined : firstBlockOf(set.key);
  if (signer === undefined || set.signer === undefined || key?.kind !== 'private-key') return [];
  if (sameKey(signer.publicKey, key.publicKey)) return [];
  const later = set.signer.items.find(
    (item) => item.kind === 'certificate' && sameKey(item.certificate.publicKey, key.publicKey),
  );
  return later === undefined
    ? [{ rule: 'key-mismatch', message: `the key does not belong to ${nameOf(signer)}`, where: set.key?.name ?? '' }]
    : [
        {
          rule: 'signer-not-first',
          message: `the key belongs to this block, not to the first, ${inline(signer.subject)}`,
          where: placeOf(set.signer, later),
        },
      ];
}

function sameKey(a: KeyObject, b: KeyObject): boolean {
  return a.equals(b);
}

/** What a block is that should have been something else. */
function kindOf(item: PemItem): string {
  return item.kind === 'unreadable' ? `a ${item.label} that cannot be read: ${item.problem}` : `a ${item.label}`;
}

function at(where: string | undefined): Pick<Occurrence, 'where'> {
  return where === undefined ? {} : { where };
}
