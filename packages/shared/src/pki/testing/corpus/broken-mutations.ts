import { element, sequence } from './der-writer.ts';
import { commonName, type Draft } from './draft.ts';
import {
  authorityCertificate,
  authorityKeyId,
  ca,
  extendedKeyUsage,
  keyUsage,
  nameConstraint,
  notCa,
  policyConstraints,
  purposes,
  subjectKeyId,
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
  dayMs,
  having,
  issuedBy,
  lacking,
  leafBelow,
  type Plan,
  required,
  rootDraft,
  rootOf,
  topOf,
} from './plan.ts';
import { coming, ended, rootKey, spoilLastByte, withoutKeyIds, withSha1 } from './plan-changes.ts';

const expired = (draft: Draft): Draft => ({ ...draft, ...ended });
const future = (draft: Draft): Draft => ({ ...draft, ...coming });
const spoilt = (draft: Draft): Draft => ({ ...draft, spoil: spoilLastByte });
const otherKeyId = Buffer.alloc(20, 7);

/** Chains that do not verify. */
export const brokenMutations: MutationTable = {
  'the chain is empty': { expected: 'NoIssuer', change: (plan) => ({ ...plan, chain: [] }) },
  'nothing is trusted': { expected: 'NoIssuer', change: (plan) => ({ ...plan, roots: [] }) },
  'only an unrelated root is trusted': {
    expected: 'NoIssuer',
    change: (plan, { stranger }) => ({ ...plan, roots: [rootDraft(stranger, commonName('somebody else'))] }),
  },
  'only an unrelated root is trusted, and the own one stands at the end of the chain': {
    expected: 'NoIssuer',
    change: (plan, { stranger }) => ({
      ...plan,
      chain: [...plan.chain, ...plan.roots],
      roots: [rootDraft(stranger, commonName('somebody else'))],
    }),
  },
  'the trusted root has another key': {
    expected: 'KeyIdMismatch',
    change: (plan, { stranger }) => ({ ...plan, roots: [rootDraft(stranger)] }),
  },
  'the trusted root has another key, and nobody has key identifiers': {
    expected: 'BadSignature',
    change: (plan, { stranger }) => changeAll({ ...plan, roots: [rootDraft(stranger)] }, withoutKeyIds),
  },
  'the trusted root has another key and claims the key identifier': {
    expected: 'BadSignature',
    change: (plan, { root, stranger }) => ({ ...plan, roots: [rootDraft({ ...stranger, keyId: root.keyId })] }),
  },
  'a CA has another key': {
    expected: 'KeyIdMismatch',
    change: (plan, { stranger }) => changeAt(plan, -2, (draft) => signedBy(draft, stranger)),
  },
  'the chain is an older form of the root alone': {
    expected: 'NoIssuer',
    change: (plan) => ({ ...plan, chain: [{ ...rootOf(plan), serial: 99 }] }),
  },
  'the lowest CA is missing': { expected: 'NoIssuer', change: (plan) => ({ ...plan, chain: plan.chain.toSpliced(1, 1) }) },
  'the top CA is missing': { expected: 'NoIssuer', change: (plan) => ({ ...plan, chain: plan.chain.slice(0, -1) }) },
  'the CAs stand in the wrong order': {
    expected: 'NoIssuer',
    depth: 2,
    change: (plan) => ({ ...plan, chain: [...plan.chain.slice(0, 1), ...plan.chain.slice(1).reverse()] }),
  },
  'a CA of somebody else stands below the top CA': {
    expected: 'NoIssuer',
    change: (plan, { stranger }) => ({
      ...plan,
      chain: plan.chain.toSpliced(-1, 0, rootDraft(stranger, commonName('somebody else'))),
    }),
  },
  'the signature of the leaf is spoilt': { expected: 'BadSignature', change: (plan) => changeAt(plan, 0, spoilt) },
  'the signature of the top CA is spoilt': { expected: 'BadSignature', change: (plan) => changeAt(plan, -1, spoilt) },
  'the leaf was changed after it was signed': {
    expected: 'BadSignature',
    change: (plan) => changeAt(plan, 0, (draft) => ({ ...draft, spoil: replace('/sa/web', '/sa/dba') })),
  },
  'the algorithm inside of the leaf is not the one outside': {
    expected: 'BadSignature',
    change: (plan) =>
      changeAt(plan, 0, (draft) => ({
        ...draft,
        innerSignature: draft.issuerKey.kind === 'RSA' ? 'RSA-SHA512' : 'ECDSA-SHA512',
      })),
  },
  'the top CA is no CA': { expected: 'NotCa', change: (plan) => changeAt(plan, -1, having(notCa())) },
  'the top CA has no basicConstraints': { expected: 'NotCa', change: (plan) => changeAt(plan, -1, lacking('basicConstraints')) },
  'the root is no CA': { expected: 'NotCa', change: (plan) => changeRoots(plan, having(notCa())) },
  'the root has no basicConstraints': { expected: 'NotCa', change: (plan) => changeRoots(plan, lacking('basicConstraints')) },
  'the top CA is of version 1': {
    expected: 'NotCa',
    change: (plan) => changeAt(plan, -1, (draft) => ({ ...draft, version: 1 })),
  },
  'the root is of version 1': {
    expected: 'NotCa',
    change: (plan) => changeRoots(plan, (draft) => ({ ...draft, version: 1 })),
  },
  'a leaf issued the leaf': { expected: 'NotCa', change: (plan, { stranger }) => belowALeaf(plan, stranger) },
  'the top CA lacks keyCertSign': { expected: 'KeyUsage', change: (plan) => changeAt(plan, -1, having(keyUsage(0x02))) },
  'the root lacks keyCertSign': { expected: 'KeyUsage', change: (plan) => changeRoots(plan, having(keyUsage(0x02))) },
  'the top CA has a CA more below it than it allows': {
    expected: 'PathTooLong',
    depth: 2,
    change: (plan) => changeAt(plan, -1, having(ca(plan.chain.length - 3))),
  },
  'the root has a CA more below it than it allows': {
    expected: 'PathTooLong',
    change: (plan) => changeRoots(plan, having(ca(plan.chain.length - 2))),
  },
  'the leaf has expired': { expected: 'Expired', change: (plan) => changeAt(plan, 0, expired) },
  'the lowest CA has expired': { expected: 'Expired', change: (plan) => changeAt(plan, 1, expired) },
  'the top CA has expired': { expected: 'Expired', change: (plan) => changeAt(plan, -1, expired) },
  'the root has expired': { expected: 'Expired', change: (plan) => changeRoots(plan, expired) },
  'everything expired a second ago': {
    expected: 'Expired',
    change: (plan) => changeAll(plan, (draft) => ({ ...draft, notAfterMs: corpusNowMs - 1000 })),
  },
  'all roots of the name have expired': {
    expected: 'Expired',
    change: (plan, { stranger }) => changeRoots({ ...plan, roots: [...plan.roots, rootDraft(stranger)] }, expired),
  },
  'the root has expired, and one of the same name with another key is valid': {
    expected: 'Expired',
    change: (plan, { stranger }) => ({ ...plan, roots: [...changeRoots(plan, expired).roots, rootDraft(stranger)] }),
  },
  'it is verified for a day long after': { expected: 'Expired', change: (plan) => ({ ...plan, atMs: plan.atMs + 99 * dayMs }) },
  'the leaf is yet to come': { expected: 'NotYetValid', change: (plan) => changeAt(plan, 0, future) },
  'the top CA is yet to come': { expected: 'NotYetValid', change: (plan) => changeAt(plan, -1, future) },
  'the root is yet to come': { expected: 'NotYetValid', change: (plan) => changeRoots(plan, future) },
  'everything begins in a second': {
    expected: 'NotYetValid',
    change: (plan) => changeAll(plan, (draft) => ({ ...draft, notBeforeMs: corpusNowMs + 1000 })),
  },
  'the leaf asks for another key than that which signed it': {
    expected: 'KeyIdMismatch',
    change: (plan) => changeAt(plan, 0, having(authorityKeyId(otherKeyId))),
  },
  'the top CA asks for another key than that which signed it': {
    expected: 'KeyIdMismatch',
    change: (plan) => changeAt(plan, -1, having(authorityKeyId(otherKeyId))),
  },
  'the leaf names another serial of its issuer': {
    expected: 'NoIssuer',
    change: (plan) => changeAt(plan, 0, having(authorityCertificate(issuerOf(plan, 0).issuer, 77))),
  },
  'the leaf has an unknown critical extension': {
    expected: 'UnknownCritical',
    change: (plan) => changeAt(plan, 0, having(unheardOf(true))),
  },
  'the top CA has an unknown critical extension': {
    expected: 'UnknownCritical',
    change: (plan) => changeAt(plan, -1, having(unheardOf(true))),
  },
  'the root has an unknown critical extension': {
    expected: 'UnknownCritical',
    change: (plan) => changeRoots(plan, having(unheardOf(true))),
  },
  'the top CA constrains policies': {
    expected: 'UnknownCritical',
    change: (plan) => changeAt(plan, -1, having(policyConstraints())),
  },
  'the leaf is signed with SHA-1': { expected: 'SignatureAlgorithm', change: (plan) => changeAt(plan, 0, withSha1) },
  'the top CA is signed with SHA-1': { expected: 'SignatureAlgorithm', change: (plan) => changeAt(plan, -1, withSha1) },
  'the top CA is signed with MD5': {
    expected: 'SignatureAlgorithm',
    rootKind: 'RSA',
    change: (plan) => changeAt(plan, -1, (draft) => ({ ...draft, signature: 'RSA-MD5' })),
  },
  'the root has an RSA key of 512 bits': {
    expected: 'KeyAlgorithm',
    rootKind: 'RSA',
    change: (plan, { tiny }) => rootKey(plan, tiny),
  },
  'the top CA has a key on a curve that Go does not know': {
    expected: 'KeyAlgorithm',
    change: (plan, { strange }) => topKey(plan, strange),
  },
  'a CA certified itself anew below path lengths that leave no room for one more': {
    expected: 'PathTooLong',
    change: (plan, { stranger }) => selfIssued(plan, stranger),
  },
  'the leaf is for clients only': {
    expected: 'ExtendedKeyUsage',
    change: (plan) => changeAt(plan, 0, having(extendedKeyUsage(purposes.clientAuth))),
  },
  'the top CA is for clients only': {
    expected: 'ExtendedKeyUsage',
    change: (plan) => changeAt(plan, -1, having(extendedKeyUsage(purposes.clientAuth))),
  },
  'the root is for signing code': {
    expected: 'ExtendedKeyUsage',
    change: (plan) => changeRoots(plan, having(extendedKeyUsage(purposes.codeSigning))),
  },
  'the top CA may not vouch for the trust domain': {
    expected: 'NameConstraints',
    change: (plan) => changeAt(plan, -1, having(nameConstraint('excluded', uriBase('cluster.local')))),
  },
  'the root may vouch for another trust domain only': {
    expected: 'NameConstraints',
    change: (plan) => changeRoots(plan, having(nameConstraint('permitted', uriBase('other.local')))),
  },
  'the root may vouch for a trust domain above only': {
    expected: 'NameConstraints',
    change: (plan) => changeRoots(plan, having(nameConstraint('permitted', uriBase('local')))),
  },
  'the root may vouch for some directory names only': {
    expected: 'NameConstraints',
    change: (plan) => changeRoots(plan, having(nameConstraint('permitted', element(0xa4, sequence())))),
  },
  'the name of the root is written in another type of string': {
    expected: 'NoIssuer',
    change: (plan) => renameRoot(plan, commonName('corpus root', 0x13)),
  },
  'the name of the root is written in capitals': {
    expected: 'NoIssuer',
    change: (plan) => renameRoot(plan, commonName('CORPUS ROOT')),
  },
  'the leaf has an extension twice': {
    expected: 'Unreadable',
    change: (plan) =>
      changeAt(plan, 0, (draft) => ({ ...draft, extensions: [...draft.extensions, ...draft.extensions.slice(0, 1)] })),
  },
  'the leaf is cut short': {
    expected: 'Unreadable',
    change: (plan) => changeAt(plan, 0, (draft) => ({ ...draft, spoil: (der) => der.subarray(0, -1) })),
  },
};

function signedBy(draft: Draft, issuerKey: Draft['issuerKey']): Draft {
  return { ...having(authorityKeyId(issuerKey.keyId))(draft), issuerKey };
}

function renameRoot(plan: Plan, subject: Uint8Array): Plan {
  return { ...plan, roots: [rootDraft(rootOf(plan).key, subject)] };
}

function belowALeaf(plan: Plan, key: Draft['key']): Plan {
  const leaf = required(plan.chain[0]);
  const named = { ...leaf, subject: commonName('a leaf') };
  const below = { ...leafBelow(named, key), ...issuedBy(named), serial: 2 };
  return { ...plan, chain: [below, named, ...plan.chain.slice(1)] };
}

function issuerOf(plan: Plan, place: number): Draft {
  return plan.chain[place + 1] ?? rootOf(plan);
}

function replace(from: string, to: string): (der: Buffer) => Buffer {
  return (der) => Buffer.from(der.toString('latin1').replace(from, to), 'latin1');
}

/** The top CA has a new key, and vouches for it with its old one. */
function selfIssued(plan: Plan, newKey: Draft['key']): Plan {
  const top = topOf(plan);
  const renewed = { ...caBelow(top, plan.chain.length - 1, newKey), subject: top.subject, serial: 50 };
  const below = changeAt(plan, -2, (draft) => ({ ...having(authorityKeyId(newKey.keyId))(draft), ...issuedBy(renewed) }));
  return { ...below, chain: [...below.chain.slice(0, -1), renewed, top] };
}

/** The top CA, and what it issued, with another key of it. */
function topKey(plan: Plan, key: Draft['key']): Plan {
  const below = changeAt(plan, -2, (draft) => signedBy(draft, key));
  return changeAt(below, -1, (draft) => ({ ...having(subjectKeyId(key.keyId))(draft), key }));
}
