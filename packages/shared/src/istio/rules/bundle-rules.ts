import { type Certificate, parseCertificate } from '../../pki/index.ts';
import { firstBlockOf } from '../ca-set.ts';
import type { CaCase, Occurrence, Rule } from '../rule.ts';
import { validityProblem } from '../signer-path.ts';
import { sources } from '../sources.ts';
import { inline, nameOf, placeOf } from '../wording.ts';

/** The trust bundle, by itself. */
export const bundleRules: readonly Rule[] = [
  {
    id: 'bundle-empty',
    verdict: 'refuses',
    versions: {},
    title: 'the bundle holds no certificate that Go finds',
    why: 'nothing verifies under no root: istiod does not take the files',
    remedy: 'write at least one root in PEM, with BEGIN and END on lines of their own',
    source: sources.keyCertBundle,
    check: ({ set, roots }) =>
      set.roots === undefined || roots.length > 0 ? [] : [{ message: 'no root can be read', where: set.roots.name }],
  },
  {
    id: 'bundle-block-unreadable',
    verdict: 'refuses',
    stage: 'start',
    versions: {},
    title: 'the bundle has a whole block that is not a certificate',
    why: 'a running istiod passes over it; its next start fails: "parse certificate from rootPEM got error"; and ztunnel gets no certificate at all',
    remedy: 'take the block out, or write it anew from the certificate',
    source: sources.spiffe,
    check: ({ set }) =>
      blocksOf(set.roots).flatMap(({ item, where }) => {
        if (item.kind === 'unreadable') return [{ message: `a ${item.label}: ${item.problem}`, where }];
        const isForeign = item.kind !== 'certificate' && item.kind !== 'damaged' && !isRenamed(item);
        return isForeign ? [{ message: `a ${item.label}, not a certificate`, where }] : [];
      }),
  },
  {
    id: 'bundle-block-renamed',
    verdict: 'breaks',
    versions: {},
    title: 'a certificate of the bundle stands in a block of another name, or one with headers',
    why: "Go's certificate pools pass over it, so that nothing verifies under it, and ztunnel gets no certificate at all",
    remedy: 'begin and end the block with CERTIFICATE, without headers: openssl x509 -in FILE',
    source: sources.ztunnel,
    check: ({ set }) =>
      blocksOf(set.roots)
        .filter(({ item }) => isRenamed(item))
        .map(({ item, where }) => ({ message: `a certificate in a block called ${item.label}`, where })),
  },
  {
    id: 'bundle-block-damaged',
    verdict: 'breaks',
    versions: {},
    title: 'the bundle has a damaged block',
    why: 'Go passes over it without a word: a root that seems to be there, and is not trusted',
    remedy: 'mend the block; when files are joined, see that each ends in a newline',
    source: sources.keyCertBundle,
    check: ({ set }) =>
      blocksOf(set.roots).flatMap(({ item, where }) =>
        item.kind === 'damaged' ? [{ message: `a ${item.label}: ${item.problem}`, where }] : [],
      ),
  },
  {
    id: 'bundle-first-not-ca',
    verdict: 'breaks',
    versions: { since: ['1.20.0'] },
    title: 'the first block of the bundle is not a CA',
    why: 'a reload with ISTIO_MULTIROOT_MESH stops half-way: istiod signs with the new files, and namespaces, webhooks, proxies and its own certificate keep the former ones',
    remedy: 'put a CA first',
    source: sources.trustBundle,
    check: ({ set, multiRoot }) => {
      if (set.roots === undefined || multiRoot === 'off') return [];
      const first = firstBlockOf(set.roots);
      if (first === undefined || (first.kind === 'certificate' && first.certificate.claimsCa)) return [];
      const what = first.kind === 'certificate' ? `${nameOf(first.certificate)} is not a CA` : `a ${first.label} stands first`;
      return [{ message: what, where: placeOf(set.roots, first) }];
    },
  },
  {
    id: 'root-not-ca',
    verdict: 'warns',
    versions: {},
    title: 'a certificate of the bundle is not a CA',
    why: 'istiod does not look; nothing that it signed verifies, and a ClusterTrustBundle refuses it',
    remedy: 'take it out, or give the CA that was meant',
    source: sources.kubernetes,
    check: ({ set }) =>
      blocksOf(set.roots).flatMap(({ item, where }) =>
        item.kind === 'certificate' && !item.certificate.isCa && item !== (set.roots && firstBlockOf(set.roots))
          ? [{ message: `${nameOf(item.certificate)} is not a CA`, where }]
          : [],
      ),
  },
  {
    id: 'root-not-valid',
    verdict: 'warns',
    versions: {},
    title: 'a root of the bundle has expired or is not valid yet, and the signer does not need it',
    why: 'istiod looks only at the root that its signer chains to; nothing verifies under this one',
    remedy: 'take it out',
    source: sources.keyCertBundle,
    check: (known) => notValidRoots(known).map((root) => ({ message: `${nameOf(root)} ${validityProblem(root, known.atMs)}` })),
  },
  {
    id: 'root-expired-same-name',
    verdict: 'breaks',
    versions: {},
    title: 'a root that is not valid shares its name with one that is',
    why: 'Envoy may pick the expired one of two roots of the same subject, and fails although the other is there (envoyproxy/envoy issue 38302)',
    remedy: 'take the expired one out, and give each root a name of its own',
    source: sources.envoy,
    check: (known) =>
      invalid(known).flatMap((root) => {
        const other = known.roots.find(
          (each) => each.subject === root.subject && validityProblem(each, known.atMs) === undefined,
        );
        return other === undefined
          ? []
          : [{ message: `${nameOf(root)} ${validityProblem(root, known.atMs)}, and ${nameOf(other)} is valid` }];
      }),
  },
  {
    id: 'same-name-no-key-id',
    verdict: 'breaks',
    versions: {},
    title: 'several roots share a name, and key identifiers to tell them apart are missing',
    why: 'a verifier picks by the name, tries the wrong key and reports a bad signature (Istio issues 31987 and 37096)',
    remedy: 'give each root a name of its own, and CAs their key identifiers',
    source: sources.envoy,
    check: (known) => namesakes(known).filter(({ keyIds }) => keyIds === 'missing'),
  },
  {
    id: 'same-name',
    verdict: 'warns',
    versions: {},
    title: 'several roots share a name',
    why: 'only their key identifiers tell them apart, and not every verifier looks at those',
    remedy: 'give each root a name of its own',
    source: sources.envoy,
    check: (known) => namesakes(known).filter(({ keyIds }) => keyIds === 'there'),
  },
  {
    id: 'duplicate-roots',
    verdict: 'warns',
    versions: {},
    title: 'a root stands in the bundle more than once',
    why: 'istiod takes it; a ClusterTrustBundle and some gateways refuse the whole bundle',
    remedy: 'keep it once; to make proxies ask for new certificates, change a comment line instead',
    source: sources.kubernetes,
    check: ({ set }) => {
      const seen = new Map<string, string>();
      return blocksOf(set.roots).flatMap(({ item, where }): Occurrence[] => {
        if (item.kind !== 'certificate') return [];
        const former = seen.get(item.certificate.fingerprint);
        seen.set(item.certificate.fingerprint, former ?? `block ${item.position}`);
        return former === undefined ? [] : [{ message: `${nameOf(item.certificate)} stands in ${former} already`, where }];
      });
    },
  },
  {
    id: 'ztunnel-first-root-only',
    verdict: 'warns',
    versions: { until: ['1.26.0'] },
    title: 'more than one root, where there may be ztunnels',
    why: 'ztunnel trusts the first root alone, and pods of ambient mode cannot verify what chains to another',
    remedy: 'update ztunnel to 1.26 or later before a rotation',
    source: sources.ztunnel,
    check: ({ roots }) =>
      new Set(roots.map(({ fingerprint }) => fingerprint)).size < 2
        ? []
        : [{ message: `of ${roots.length} roots ztunnel trusts the first` }],
  },
];

interface Place {
  readonly item: ReturnType<typeof firstBlockOf> & {};
  readonly where: string;
}

function blocksOf(file: CaCase['set']['roots']): readonly Place[] {
  return file === undefined ? [] : file.items.map((item) => ({ item, where: placeOf(file, item) }));
}

/** Whether a block of another kind holds a certificate nevertheless. */
function isRenamed(item: Place['item']): boolean {
  if (item.kind !== 'other') return false;
  try {
    parseCertificate(item.der);
    return true;
  } catch {
    return false;
  }
}

function invalid({ roots, atMs }: CaCase): readonly Certificate[] {
  return unique(roots).filter((root) => validityProblem(root, atMs) !== undefined);
}

/** The invalid ones that no other rule speaks of. */
function notValidRoots(known: CaCase): readonly Certificate[] {
  const used = known.path?.at(-1)?.fingerprint;
  return invalid(known).filter(
    (root) =>
      root.fingerprint !== used &&
      !known.roots.some((each) => each.subject === root.subject && validityProblem(each, known.atMs) === undefined),
  );
}

/** The names that several different roots have. */
function namesakes({ roots, path, atMs }: CaCase): readonly (Occurrence & { readonly keyIds: 'there' | 'missing' })[] {
  const valid = unique(roots).filter((root) => validityProblem(root, atMs) === undefined);
  const byName = Map.groupBy(valid, ({ subject }) => subject);
  return [...byName].flatMap(([subject, sharing]) => {
    if (sharing.length < 2) return [];
    const below = (path ?? []).filter((each) => each.issuer === subject && each.subject !== subject);
    const missing =
      sharing.some(({ subjectKeyId }) => subjectKeyId === undefined) ||
      below.some(({ authorityKeyId }) => authorityKeyId === undefined);
    const fingerprints = sharing.map(({ fingerprint }) => fingerprint.slice(0, 12)).join(', ');
    return [{ message: `${fingerprints} are all called ${inline(subject)}`, keyIds: missing ? 'missing' : 'there' }];
  });
}

function unique(certificates: readonly Certificate[]): readonly Certificate[] {
  return [...new Map(certificates.map((each) => [each.fingerprint, each])).values()];
}
