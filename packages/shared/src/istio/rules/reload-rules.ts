import { bytesRelated, type Certificate } from '../../pki/index.ts';
import type { CaCase, Occurrence, Rule } from '../rule.ts';
import { findSignerPath } from '../signer-path.ts';
import { sources } from '../sources.ts';
import { nameOf } from '../wording.ts';

/** From what a running istiod holds to the new files. A restarted one takes them by the other rules alone. */
export const reloadRules: readonly Rule[] = [
  {
    id: 'reload-not-automatic',
    verdict: 'warns',
    versions: { until: ['1.18.0'] },
    title: 'the files change under an istiod that does not watch them by default',
    why: 'istiod before 1.18 reloads only with AUTO_RELOAD_PLUGIN_CERTS=true',
    remedy: 'set it, or restart istiod after the change',
    source: sources.istioCa,
    check: ({ former }) =>
      former === undefined ? [] : [{ message: 'without AUTO_RELOAD_PLUGIN_CERTS=true nothing is reloaded' }],
  },
  {
    id: 'reload-roots-unsupported',
    verdict: 'refuses',
    stage: 'reload',
    versions: { until: ['1.20.0'] },
    title: 'the bundle changes by a single byte, in a version that cannot change it',
    why: 'istiod reloads nothing then, not even the signer, and says "Updating new ROOT-CA not supported"; its next start loads all of it at once',
    remedy: 'update istiod, or change the files and restart every istiod at the same time',
    source: sources.istioCa,
    check: (known) => (bundleChanges(known) ? [changed(known)] : []),
  },
  {
    id: 'reload-multiroot-off',
    verdict: 'refuses',
    stage: 'reload',
    versions: { since: ['1.20.0'] },
    title: 'the bundle changes by a single byte, and ISTIO_MULTIROOT_MESH is off',
    why: 'istiod reloads nothing then, not even the signer, and says "Multi root is disabled, updating new ROOT-CA not supported"; its next start loads all of it at once',
    remedy: 'set ISTIO_MULTIROOT_MESH=true in istiod, which is off by default, and let istiod restart on the former files',
    source: sources.istioCa,
    check: (known) => (bundleChanges(known) && known.multiRoot === 'off' ? [changed(known)] : []),
  },
  {
    id: 'reload-multiroot-unknown',
    verdict: 'warns',
    versions: { since: ['1.20.0'] },
    title: 'the bundle changes, and nobody said whether ISTIO_MULTIROOT_MESH is on',
    why: 'it is off by default, and then istiod reloads nothing at all',
    remedy: 'look at the environment of istiod, and give --multi-root on or off',
    source: sources.istioCa,
    check: (known) => (bundleChanges(known) && known.multiRoot === 'unknown' ? [changed(known)] : []),
  },
  {
    id: 'reload-roots-unrelated',
    verdict: 'refuses',
    stage: 'reload',
    versions: { since: ['1.20.0'] },
    title: 'roots come and go at once',
    why: 'istiod reloads nothing, not even the signer, unless the new roots contain the former ones or the other way round: "Updating new ROOT-CA not supported". Its next start loads all of it at once, and breaks with those who have not followed',
    remedy: 'add the new root first; remove the old one when everybody trusts the new one',
    source: sources.istioCa,
    check: (known) => {
      if (!reloads(known) || setsRelated(known)) return [];
      const { gained, lost } = difference(known);
      return [{ message: `gains ${listOf(gained)}, loses ${listOf(lost)}`, where: bundleName(known) }];
    },
  },
  {
    id: 'reload-bytes-unrelated',
    verdict: 'refuses',
    stage: 'reload',
    versions: { since: ['1.20.0'], until: ['1.30.0'] },
    title: 'the bytes of the bundle do not contain the former ones, nor the other way round, although the roots do',
    why: 'istiod before 1.30 compares bytes: another order, other line ends, or what is left of a bundle whose middle was taken out is refused, and nothing is reloaded',
    remedy: 'append to the former bytes, or keep one unbroken part of them; or restart istiod after the change',
    source: sources.istioCa,
    check: (known) => {
      if (!reloads(known) || !setsRelated(known) || bytesKept(known)) return [];
      const { gained, lost } = difference(known);
      const how =
        lost.length > 0
          ? `without ${listOf(lost)} the rest is no unbroken part of the former bytes`
          : gained.length > 0
            ? `with ${listOf(gained)} the former bytes are not kept as they were`
            : 'the same roots in other bytes';
      return [{ message: how, where: bundleName(known) }];
    },
  },
  {
    id: 'signer-before-its-root',
    verdict: 'breaks',
    versions: {},
    title: 'the new signer chains to a root that the former bundle does not have',
    why: 'istiod signs with it at once, and workloads that still hold the former bundle refuse what it signs',
    remedy: 'add the root first, with the former signer; change the signer when every workload trusts the root',
    source: sources.istioCa,
    check: ({ former, path, signer, chain, atMs }) => {
      if (former === undefined || path === undefined || signer === undefined) return [];
      if (findSignerPath(signer, chain, former.roots, atMs) !== undefined) return [];
      return [{ message: `no workload trusts ${nameOf(path.at(-1) ?? signer)} yet` }];
    },
  },
  {
    id: 'root-removed-in-use',
    verdict: 'breaks',
    versions: {},
    title: 'the root of the former signer is no longer in the bundle',
    why: 'workloads go on showing leaves of the former signer, for a day by default, and nobody verifies them any more',
    remedy: 'change the signer first; remove the root when no leaf of the former signer is left',
    source: sources.istioCa,
    check: ({ former, roots, atMs }) => {
      if (former?.signer === undefined || former.path === undefined || roots.length === 0) return [];
      if (findSignerPath(former.signer, former.chain, roots, atMs) !== undefined) return [];
      return [{ message: `${nameOf(former.signer)} chains to ${nameOf(former.path.at(-1) ?? former.signer)}, which goes` }];
    },
  },
  {
    id: 'root-removed-signer-unknown',
    verdict: 'warns',
    versions: {},
    title: 'a root goes, and it is not known which of the roots the signer chains to',
    why: 'if it is the one that goes, istiod takes no such set, and nobody verifies the leaves that are in use',
    remedy: 'give the signer too, with --secret, or --ca-cert and --cert-chain',
    source: sources.istioCa,
    check: (known) => {
      const { former, signer, roots } = known;
      const { lost } = difference(known);
      if (former === undefined || former.signer !== undefined || signer !== undefined) return [];
      if (lost.length === 0 || roots.length === 0) return [];
      return [{ message: `the signer may chain to ${listOf(lost)}`, where: bundleName(known) }];
    },
  },
  {
    id: 'crl-removed',
    verdict: 'warns',
    versions: { since: ['1.27.0'] },
    title: 'ca-crl.pem goes',
    why: 'a running istiod keeps the CRL that it has; only its next start lets it go',
    remedy: 'restart istiod after the change',
    source: sources.keyCertBundle,
    check: ({ former, set, scope }) =>
      scope === 'whole' && former?.set.crl !== undefined && set.crl === undefined
        ? [{ message: 'ca-crl.pem is no longer there' }]
        : [],
  },
  {
    id: 'reload-accepted',
    verdict: 'ok',
    versions: { since: ['1.20.0'] },
    title: 'the bundle changes in a way that a running istiod takes',
    why: 'the new roots contain the former ones or the other way round, in the way that this version compares them',
    remedy: 'nothing is to be done; wait until every replica has it before the next change',
    source: sources.istioCa,
    check: (known) => {
      const byBytes = known.istio.major === 1 && known.istio.minor < 30;
      if (known.multiRoot !== 'on' || !reloads(known) || !setsRelated(known) || (byBytes && !bytesKept(known))) return [];
      const { gained, lost } = difference(known);
      return [{ message: `gains ${listOf(gained)}, loses ${listOf(lost)}`, where: bundleName(known) }];
    },
  },
];

function bundleChanges({ former, set }: CaCase): boolean {
  return former?.set.roots !== undefined && set.roots !== undefined && former.set.roots.bytes !== set.roots.bytes;
}

/** Whether istiod comes as far as comparing; where the switch is unknown, it is taken to be on. */
function reloads(known: CaCase): boolean {
  return bundleChanges(known) && known.multiRoot !== 'off';
}

function bytesKept({ former, set }: CaCase): boolean {
  return bytesRelated(former?.set.roots?.bytes ?? '', set.roots?.bytes ?? '');
}

/** Istio compares no set that is empty (`pemBundleHasSubsetRelation`). */
function setsRelated(known: CaCase): boolean {
  const { gained, lost } = difference(known);
  return known.roots.length > 0 && known.former?.roots.length !== 0 && (gained.length === 0 || lost.length === 0);
}

function difference({ roots, former }: CaCase): {
  readonly gained: readonly Certificate[];
  readonly lost: readonly Certificate[];
} {
  const before = former?.roots ?? [];
  return { gained: without(roots, before), lost: without(before, roots) };
}

function without(some: readonly Certificate[], others: readonly Certificate[]): readonly Certificate[] {
  return some.filter(({ fingerprint }) => others.every((other) => other.fingerprint !== fingerprint));
}

function listOf(certificates: readonly Certificate[]): string {
  return certificates.length === 0 ? 'none' : certificates.map(nameOf).join(' and ');
}

function changed(known: CaCase): Occurrence {
  const { gained, lost } = difference(known);
  return { message: `gains ${listOf(gained)}, loses ${listOf(lost)}`, where: bundleName(known) };
}

function bundleName({ set }: CaCase): string {
  return set.roots?.name ?? 'root-cert.pem';
}
