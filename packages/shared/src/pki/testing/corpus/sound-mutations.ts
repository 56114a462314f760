import { commonName, type Draft } from './draft.ts';
import {
  anyPolicy,
  authorityCertificate,
  ca,
  dnsBase,
  extendedKeyUsage,
  nameConstraint,
  purposes,
  unheardOf,
  uriBase,
} from './extensions.ts';
import type { MutationTable } from './mutation.ts';
import {
  caBelow,
  changeAll,
  changeAt,
  changeRoots,
  corpusNowMs,
  having,
  lacking,
  type Plan,
  rootDraft,
  rootOf,
  topOf,
  trustDomain,
} from './plan.ts';
import { coming, ended, rootKey, spoilLastByte, withoutKeyIds, withSha1 } from './plan-changes.ts';

/** Chains that verify, and hardly ever look so plain as ours. */
export const soundMutations: MutationTable = {
  'nothing is changed': { expected: 'ok', change: (plan) => plan },
  'the root stands at the end of the chain': {
    expected: 'ok',
    change: (plan) => ({ ...plan, chain: [...plan.chain, ...plan.roots] }),
  },
  'a certificate of somebody else stands at the end of the chain': {
    expected: 'ok',
    change: (plan, { stranger }) => ({ ...plan, chain: [...plan.chain, rootDraft(stranger, commonName('somebody else'))] }),
  },
  'the root is trusted twice': { expected: 'ok', change: (plan) => ({ ...plan, roots: [...plan.roots, ...plan.roots] }) },
  'an unrelated root is trusted too': {
    expected: 'ok',
    change: (plan, { stranger }) => withRoots(plan, rootDraft(stranger, commonName('somebody else'))),
  },
  'a root of the same name with another key is trusted too': {
    expected: 'ok',
    change: (plan, { stranger }) => withRoots(plan, rootDraft(stranger)),
  },
  'a root of the same name with another key is trusted too, and nobody has key identifiers': {
    expected: 'ok',
    change: (plan, { stranger }) => changeAll(withRoots(plan, rootDraft(stranger)), withoutKeyIds),
  },
  'an expired root of the same name with another key is trusted too': {
    expected: 'ok',
    change: (plan, { stranger }) => withRoots(plan, { ...rootDraft(stranger), ...ended }),
  },
  'an expired root of the same name and key is trusted too': {
    expected: 'ok',
    change: (plan) => withRoots(plan, { ...rootOf(plan), ...ended, serial: 101 }),
  },
  'a root of the same name and key that is yet to come is trusted too': {
    expected: 'ok',
    change: (plan) => withRoots(plan, { ...rootOf(plan), ...coming, serial: 101 }),
  },
  'the chain ends in an expired form of the root': {
    expected: 'ok',
    change: (plan) => ({ ...plan, chain: [...plan.chain, { ...rootOf(plan), ...ended, serial: 101 }] }),
  },
  'the root is cross-signed by another one, and both are trusted': {
    expected: 'ok',
    change: (plan, { stranger }) => crossSigned(plan, stranger, (old) => [...plan.roots, old]),
  },
  'the root is cross-signed by another one, which alone is trusted': {
    expected: 'ok',
    change: (plan, { stranger }) => crossSigned(plan, stranger, (old) => [old]),
  },
  'the root is cross-signed by another one, which is not trusted': {
    expected: 'ok',
    change: (plan, { stranger }) => crossSigned(plan, stranger, () => plan.roots),
  },
  'a CA that is not self-signed is trusted in the place of its root': {
    expected: 'ok',
    change: (plan) => ({ ...plan, roots: [topOf(plan)] }),
  },
  'the top CA is trusted beside its root': {
    expected: 'ok',
    change: (plan) => ({ ...plan, roots: [...plan.roots, topOf(plan)] }),
  },
  'nobody has key identifiers': { expected: 'ok', change: (plan) => changeAll(plan, withoutKeyIds) },
  'nobody says which key signed': { expected: 'ok', change: (plan) => changeAll(plan, lacking('authorityKeyId')) },
  'no CA says which key it has': { expected: 'ok', change: (plan) => changeAll(plan, lacking('subjectKeyId')) },
  'the certificate that signed is named by issuer and serial': {
    expected: 'ok',
    change: (plan) => changeAt(plan, -1, having(authorityCertificate(rootOf(plan).issuer, rootOf(plan).serial))),
  },
  'no certificate has a keyUsage': { expected: 'ok', change: (plan) => changeAll(plan, lacking('keyUsage')) },
  'no CA has a path length': { expected: 'ok', change: (plan) => changeAt(plan, -1, having(ca())) },
  'CAs are for servers and clients': {
    expected: 'ok',
    change: (plan) => changeAt(plan, -1, having(extendedKeyUsage(purposes.serverAuth, purposes.clientAuth))),
  },
  'CAs are for any purpose': { expected: 'ok', change: (plan) => changeAt(plan, -1, having(extendedKeyUsage(purposes.any))) },
  'the leaf has no extendedKeyUsage': { expected: 'ok', change: (plan) => changeAt(plan, 0, lacking('extendedKeyUsage')) },
  'a CA has an unknown extension that is not critical': {
    expected: 'ok',
    change: (plan) => changeAt(plan, -1, having(unheardOf(false))),
  },
  'a CA has a critical policy': { expected: 'ok', change: (plan) => changeAt(plan, -1, having(anyPolicy())) },
  'the root signed itself with SHA-1': {
    expected: 'ok',
    change: (plan) => changeRoots(plan, withSha1),
  },
  'the signature of the root on itself is broken': {
    expected: 'ok',
    change: (plan) => changeRoots(plan, (draft) => ({ ...draft, spoil: spoilLastByte })),
  },
  'signatures are with SHA-512': {
    expected: 'ok',
    change: (plan) =>
      changeAt(plan, -1, (draft) => ({
        ...draft,
        signature: draft.issuerKey.kind === 'RSA' ? 'RSA-SHA512' : 'ECDSA-SHA512',
      })),
  },
  'signatures are RSA-PSS': {
    expected: 'ok',
    rootKind: 'RSA',
    change: (plan) => changeAt(plan, -1, (draft) => ({ ...draft, signature: 'RSA-PSS' })),
  },
  'the root has an RSA key of 1024 bits': {
    expected: 'ok',
    rootKind: 'RSA',
    change: (plan, { short }) => rootKey(plan, short),
  },
  'the root has an Ed25519 key': { expected: 'ok', change: (plan, { edwards }) => rootKey(plan, edwards) },
  'the chain begins with a CA': { expected: 'ok', change: (plan) => ({ ...plan, chain: plan.chain.slice(1) }) },
  'the chain is the root alone': { expected: 'ok', change: (plan) => ({ ...plan, chain: plan.roots }) },
  'the root is valid beyond 2050': {
    expected: 'ok',
    change: (plan) => changeRoots(plan, (draft) => ({ ...draft, notAfterMs: Date.UTC(2062, 0, 1) })),
  },
  'certificates begin and end at this second': {
    expected: 'ok',
    change: (plan) => changeAll(plan, (draft) => ({ ...draft, notBeforeMs: corpusNowMs, notAfterMs: corpusNowMs })),
  },
  'a CA may vouch for the trust domain only': {
    expected: 'ok',
    change: (plan) => changeAt(plan, -1, having(nameConstraint('permitted', uriBase(trustDomain)))),
  },
  'the root may not vouch for another trust domain': {
    expected: 'ok',
    change: (plan) => changeRoots(plan, having(nameConstraint('excluded', uriBase('other.local')))),
  },
  'a CA may vouch for some DNS names only': {
    expected: 'ok',
    change: (plan) => changeAt(plan, -1, having(nameConstraint('permitted', dnsBase('example.com')))),
  },
};

/** The other roots come first: whoever takes the first that fits the name falls for them. */
function withRoots(plan: Plan, ...others: readonly Draft[]): Plan {
  return { ...plan, roots: [...others, ...plan.roots] };
}

function crossSigned(plan: Plan, oldKey: Draft['key'], rootsOf: (old: Draft) => readonly Draft[]): Plan {
  const old = rootDraft(oldKey, commonName('older root'));
  const cross = { ...caBelow(old, 9, rootOf(plan).key), subject: rootOf(plan).subject };
  return { ...plan, chain: [...plan.chain, cross], roots: rootsOf(old) };
}
