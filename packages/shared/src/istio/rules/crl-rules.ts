import { type Certificate, type Crl, type PemItem, parseCrlLikeGo, verifyCrl } from '../../pki/index.ts';
import type { CaCase, Occurrence, Rule } from '../rule.ts';
import { sources } from '../sources.ts';
import { nameOf, placeOf } from '../wording.ts';

/** The revocation lists beside the CA. */
export const crlRules: readonly Rule[] = [
  {
    id: 'crl-ignored',
    verdict: 'warns',
    versions: { until: ['1.27.0'] },
    title: 'ca-crl.pem is there, in a version that does not know it',
    why: 'istiod does not look at it; what it revokes stays trusted',
    remedy: 'update istiod to 1.27 or later',
    source: sources.istioCa,
    check: ({ set }) => (set.crl === undefined ? [] : [{ message: 'it is ignored', where: set.crl.name }]),
  },
  {
    id: 'crl-unreadable',
    verdict: 'refuses',
    versions: { since: ['1.27.0'] },
    title: 'a block of ca-crl.pem is not a CRL',
    why: 'istiod does not take the files, neither at its start nor on a reload: "failed to parse CRL PEM"',
    remedy: 'write CRLs alone into it, in PEM',
    source: sources.keyCertBundle,
    check: ({ set }) =>
      (set.crl?.items ?? [])
        .filter((item) => item.kind !== 'damaged' && listOf(item) === undefined)
        .map((item) => ({ message: `a ${item.label}, which is no CRL`, where: placeOf(set.crl ?? { name: '' }, item) })),
  },
  {
    id: 'crl-incomplete',
    verdict: 'refuses',
    versions: { since: ['1.27.0'] },
    title: 'ca-crl.pem lacks a CRL of a certificate of cert-chain.pem',
    why: 'istiod asks for a CRL signed by each of them, because Envoy wants one for every CA of a chain: "missing CRL signed by certificates"',
    remedy:
      'add a CRL of each CA of cert-chain.pem, also one that revokes nothing; in a rotation, those of the old and of the new CAs',
    source: sources.keyCertBundle,
    check: incompleteCrl,
  },
];

function incompleteCrl({ set, chain }: CaCase): readonly Occurrence[] {
  const { crl } = set;
  // An empty file is passed over like a missing one.
  if (crl === undefined || crl.content === 'empty') return [];
  const lists = crl.items.flatMap((item) => listOf(item) ?? []);
  return chain
    .filter((certificate) => !lists.some((list) => isSignedBy(list, certificate)))
    .map((certificate) => ({ message: `no CRL is signed by ${nameOf(certificate)}`, where: crl.name }));
}

/** The list in a block; undefined where Go finds none. */
function listOf(item: PemItem): Crl | undefined {
  if (item.kind !== 'crl') return undefined;
  try {
    return parseCrlLikeGo(item.der);
  } catch {
    return undefined;
  }
}

/** istiod asks for the signature of a CA alone, not for the dates. */
function isSignedBy(list: Crl, issuer: Certificate): boolean {
  return verifyCrl(list, issuer, list.thisUpdateMs).ok;
}
