/** What the fixtures of the checks are put together from. Used by tests alone. */
import type { parseCertificate } from '@reroot/shared/pki';
import { type InspectedFinding, type InspectedProxies, known, unknown } from '@reroot/shared/protocol';
import { evidenceOf, holdingOf, rootA, rootB, snapshotOf } from '../../rotation/evidence-sample.ts';
import { excludeCluster, heldBack, type ReplicaHolding, type Rotation } from '../../rotation/index.ts';
import { perform } from '../../rotation/transition.ts';
import type { PreflightFacts } from '../facts.ts';
import { caFiles, dayMs, facts, inspected, istiod, link, proxies, record, spec, specWith } from './sample-facts.ts';

export const links = (west: Parameters<typeof link>[0], timing?: Parameters<typeof link>[1]): PreflightFacts => {
  const fit = facts();
  const changed = new Map([
    ['east', link()],
    ['west', link(west, timing)],
  ]);
  return { ...fit, snapshot: { ...fit.snapshot, links: changed } };
};

export const evidence = (changes: Parameters<typeof evidenceOf>[1], more: Partial<PreflightFacts> = {}): PreflightFacts =>
  facts({ snapshot: { ...facts().snapshot, ...snapshotOf(record, { east: evidenceOf(record, changes) }) }, ...more });

export const replica = (changes: Partial<ReplicaHolding>): ReplicaHolding => ({
  replica: 'istiod-0',
  holding: holdingOf(record),
  failure: undefined,
  multiRoot: 'on',
  ...changes,
});

export const rule = (name: string, verdict: InspectedFinding['verdict'] = 'breaks'): PreflightFacts =>
  inspected({ caFiles: known([caFiles({ findings: [{ rule: name, verdict, message: 'something about the files' }] })]) });

export const listed = (bytes: number): PreflightFacts =>
  inspected({ caFiles: known([caFiles({ keys: [{ name: 'ca-crl.pem', bytes }] })]) });

export const istiods = (...changes: Parameters<typeof istiod>[0][]): PreflightFacts =>
  inspected({ istiods: known(changes.map(istiod)) });

export const group = (changes: Partial<InspectedProxies>, more: Partial<PreflightFacts> = {}): PreflightFacts =>
  inspected({ proxies: known([proxies(changes)]) }, more);

export const right = (need: 'needed' | 'optional', allowed: 'yes' | 'no'): PreflightFacts =>
  inspected({ rights: known([{ right: 'patch secrets cacerts in istio-system', need, allowed: known(allowed) }]) });

export const rightNotTold = (need: 'needed' | 'optional'): PreflightFacts =>
  inspected({
    rights: known([{ right: 'list nodes', need, allowed: unknown('the API server could not tell: a webhook is away') }]),
  });

export const webhook = (changes: {
  readonly bundle?: 'equal' | 'differs' | 'unknown';
  readonly written?: 'never' | 'meanwhile';
}): PreflightFacts =>
  inspected({ webhooks: known([{ name: 'injector', kind: 'mutating', bundle: 'equal', written: 'never', ...changes }]) });

export const budget = (guards: 'istiod' | 'gateway', allowed: number, rotation: Parameters<typeof specWith>[0]): PreflightFacts =>
  inspected({ budgets: known([{ name: guards, namespace: 'istio-system', guards, allowed }]) }, { spec: specWith(rotation) });

export const otherBytes = { ...holdingOf(record), bundleSha256: 'other bytes' };

export const excluded = excludeCluster(
  record,
  'west',
  { by: 'ana', why: 'it is being rebuilt', cause: 'operator', members: spec.clusters },
  1_000,
).record;

/** Both come from elsewhere, and wait for their adoption. */
export const allHeldBack = {
  ...record,
  deviations: Object.fromEntries(spec.clusters.map((cluster) => [cluster, heldBack('ana', 'it has joined', 0)])),
};

const joined = perform(record, { move: 'members', added: ['west'], removed: [] }, 0, { message: 'west joined' }).record;
export const returningWith = (roots: readonly string[], signerRoot: string | undefined): PreflightFacts => {
  const west = evidenceOf(record, { written: { ...holdingOf(record), roots, signerRoot } });
  return facts({ record: joined, snapshot: { ...facts().snapshot, ...snapshotOf(joined, { west }) } });
};

/** Certificates are only compared by their names here. */
const named = (subject: string, fingerprint: string): ReturnType<typeof parseCertificate> =>
  ({ subject, fingerprint }) as ReturnType<typeof parseCertificate>;

export const withTarget = (subject: string): PreflightFacts => {
  const target = { ...rootB, notAfterMs: 300 * dayMs, phase: 'retired', phaseAtMs: 0 } as const;
  return facts({
    record: { ...record, roots: [...record.roots, target] },
    target: rootB.fingerprint,
    roots: new Map([
      [rootA.fingerprint, named('CN=old', rootA.fingerprint)],
      [rootB.fingerprint, named(subject, rootB.fingerprint)],
    ]),
  });
};

/** A mesh that has adopted a cluster, whose own root has this name; undefined where its certificate is not known. */
export const withAdopted = (subject: string | undefined): PreflightFacts => {
  const given = withTarget('CN=new');
  const theirs = 'c'.repeat(64);
  const rotation: Rotation = {
    ...({ id: 'r-1', strategy: 'MULTI_ROOT', verification: 'none', approvals: 'anybody', canaries: [] } as const),
    ...{ startedBy: 'ana', startedAtMs: 0 },
    ...{ old: rootA.fingerprint, target: rootA.fingerprint, failedIn: undefined, failedBecause: undefined },
    ...{ origins: { west: { roots: [theirs], signer: theirs } }, alsoOld: [theirs] },
  };
  const known = subject === undefined ? [] : [[theirs, named(subject, theirs)] as const];
  return { ...given, record: { ...given.record, rotation }, roots: new Map([...given.roots, ...known]) };
};

export const fromSecret = { rootSource: { kind: 'secret', secret: { name: 'mesh-root', namespace: 'reroot' } } } as const;

export const endingAt = (notAfterMs: number): PreflightFacts =>
  facts({ record: { ...record, roots: record.roots.map((root) => ({ ...root, notAfterMs })) } });
