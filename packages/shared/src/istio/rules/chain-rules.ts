import type { Certificate } from '../../pki/index.ts';
import { firstBlockOf } from '../ca-set.ts';
import type { CaCase, Occurrence, Rule } from '../rule.ts';
import { validityProblem } from '../signer-path.ts';
import { sources } from '../sources.ts';
import { nameOf, placeOf } from '../wording.ts';

/** The chain that istiod sends behind each leaf. */
export const chainRules: readonly Rule[] = [
  {
    id: 'chain-lacks-signer',
    verdict: 'breaks',
    versions: {},
    title: 'cert-chain.pem does not hold the signing certificate',
    why: 'istiod takes it, for it verifies from ca-cert.pem up; workloads send leaf and cert-chain.pem, and nobody can get from the leaf to a root',
    remedy: 'write the content of ca-cert.pem first into cert-chain.pem',
    source: sources.keyCertBundle,
    check: ({ set, signer, chain, roots }) => {
      if (signer === undefined || set.chain === undefined) return [];
      if (holds(chain, signer) || holds(roots, signer)) return [];
      return [{ message: `${nameOf(signer)} is neither in the chain nor a root`, where: set.chain.name }];
    },
  },
  {
    id: 'chain-empty',
    verdict: 'ok',
    versions: {},
    title: 'cert-chain.pem is empty, and the signing certificate is a root',
    why: 'istiod wants the file, and no content where its signer is a root itself',
    remedy: 'nothing is to be done',
    source: sources.ca,
    check: ({ set, signer, roots }) =>
      set.chain?.content === 'empty' && signer !== undefined && holds(roots, signer)
        ? [{ message: 'leaves are sent without a chain, for their issuer is a root', where: set.chain.name }]
        : [],
  },
  {
    id: 'chain-first-unreadable',
    verdict: 'refuses',
    stage: 'start',
    versions: {},
    title: 'cert-chain.pem has content, and its first block is not a certificate',
    why: 'istiod does not start: it takes the end of the first certificate as a limit of its leaves, and "failed to get cert chain TTL". One blank line is enough. A reload does not look',
    remedy: 'write the signing certificate first, or leave the file without a single character',
    source: sources.ca,
    check: ({ set }) => {
      if (set.chain === undefined || set.chain.content === 'empty') return [];
      const first = firstBlockOf(set.chain);
      if (first === undefined) return [{ message: 'the file is not empty, and has no PEM block', where: set.chain.name }];
      return first.kind === 'certificate'
        ? []
        : [{ message: `the first block is a ${first.label}`, where: placeOf(set.chain, first) }];
    },
  },
  {
    id: 'chain-block-unreadable',
    verdict: 'breaks',
    versions: {},
    title: 'cert-chain.pem has a block that is not a certificate',
    why: 'istiod sends the blocks on as they are; ztunnel cannot read such an answer and gets no certificate at all',
    remedy: 'take the block out, or write it anew from the certificate',
    source: sources.ztunnel,
    check: ({ set }) => {
      const { chain } = set;
      if (chain === undefined) return [];
      const first = firstBlockOf(chain);
      return chain.items
        .filter((item) => item.kind !== 'certificate' && item !== first)
        .map((item) => ({
          message: 'problem' in item ? `a ${item.label}: ${item.problem}` : `a ${item.label}`,
          where: placeOf(chain, item),
        }));
    },
  },
  {
    id: 'chain-first-not-signer',
    verdict: 'warns',
    versions: {},
    title: 'cert-chain.pem does not begin with the signing certificate',
    why: 'TLS wants each certificate behind the one it issued; and istiod shows the end of the first one as that of its CA, and limits leaves by it',
    remedy: 'write the signing certificate first, then its issuer, and so on',
    source: sources.ca,
    check: ({ set, signer, chain }) => {
      const [first] = chain;
      if (set.chain === undefined || signer === undefined || first === undefined || !holds(chain, signer)) return [];
      return first.fingerprint === signer.fingerprint
        ? []
        : [{ message: `${nameOf(first)} stands before ${nameOf(signer)}`, where: set.chain.name }];
    },
  },
  {
    id: 'chain-first-expired',
    verdict: 'refuses',
    stage: 'start',
    versions: {},
    title: 'the first certificate of cert-chain.pem has expired',
    why: 'istiod does not start: "cert chain has expired", also where it is not the signing certificate',
    remedy: 'write the signing certificate first',
    source: sources.ca,
    check: ({ set, chain, signer, atMs }) => {
      const [first] = chain;
      if (set.chain === undefined || first === undefined || first.fingerprint === signer?.fingerprint) return [];
      return atMs < first.notAfterMs
        ? []
        : [{ message: `${nameOf(first)} ${validityProblem(first, atMs) ?? 'ends'}`, where: set.chain.name }];
    },
  },
  {
    id: 'private-key-published',
    verdict: 'breaks',
    versions: {},
    title: 'a private key stands in a file of certificates',
    why: 'istiod sends cert-chain.pem and root-cert.pem to every workload, and writes root-cert.pem into every namespace',
    remedy: 'take it out and make a new key: this one is known to whoever could read the file',
    source: sources.istioCa,
    check: privateKeyPublished,
  },
];

function privateKeyPublished({ set }: CaCase): readonly Occurrence[] {
  // In the TLS form the chain is made of the other two.
  const files = [set.roots, set.signer, ...(set.form === 'pem' ? [set.chain] : [])];
  return files.flatMap((file) =>
    (file?.items ?? [])
      .filter(({ kind }) => kind === 'private-key' || kind === 'encrypted-key')
      .map((item) => ({ message: `a ${item.label} stands here`, where: placeOf(file ?? { name: '' }, item) })),
  );
}

function holds(certificates: readonly Certificate[], wanted: Certificate): boolean {
  return certificates.some(({ fingerprint }) => fingerprint === wanted.fingerprint);
}
