import { parseCertificate } from '../../pki/index.ts';
import { firstBlockOf } from '../ca-set.ts';
import type { CaCase, Occurrence, Rule } from '../rule.ts';
import { sources } from '../sources.ts';
import { nameOf, placeOf } from '../wording.ts';
import { isUnknownCurve, rootRules } from './root-rules.ts';

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
    title: 'the bundle has a whole block that is not a certificate that Go can read',
    why: 'a running istiod passes over it; its next start fails: "parse certificate from rootPEM got error"; and ztunnel gets no certificate at all',
    remedy: 'take the block out, or write it anew from the certificate',
    source: sources.spiffe,
    check: ({ set }) =>
      blocksOf(set.roots).flatMap(({ item, where }) => {
        if (item.kind === 'certificate' && isUnknownCurve(item.certificate)) {
          return [{ message: `${nameOf(item.certificate)} has a key on a curve that Go cannot read`, where }];
        }
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
    id: 'bundle-first-not-ca-at-start',
    verdict: 'refuses',
    stage: 'start',
    versions: { since: ['1.20.0'] },
    title: 'the first certificate of the bundle is not a CA, and ISTIO_MULTIROOT_MESH is on',
    why: 'istiod does not start: "unable to add CA root … as trustAnchor", "certificate is not a CA certificate"',
    remedy: 'put a CA first',
    source: sources.server,
    check: ({ set, multiRoot }) => {
      const first = set.roots === undefined || multiRoot !== 'on' ? undefined : firstBlockOf(set.roots);
      if (set.roots === undefined || first?.kind !== 'certificate' || first.certificate.claimsCa) return [];
      return [{ message: `${nameOf(first.certificate)} is not a CA`, where: placeOf(set.roots, first) }];
    },
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
        item.kind === 'certificate' &&
        item.certificate.version === 3 &&
        !item.certificate.isCa &&
        item !== (set.roots && firstBlockOf(set.roots))
          ? [{ message: `${nameOf(item.certificate)} is not a CA`, where }]
          : [],
      ),
  },
  ...rootRules,
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
