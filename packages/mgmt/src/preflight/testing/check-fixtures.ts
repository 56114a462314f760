/** For each check one case in which it fails and one, as near to it as there is, in which it passes. Used by tests alone. */
import type { parseCertificate } from '@reroot/shared/pki';
import { type InspectedFinding, type InspectedProxies, known } from '@reroot/shared/protocol';
import { evidenceOf, holdingOf, rootA, rootB, snapshotOf } from '../../rotation/evidence-sample.ts';
import { excludeCluster, type ReplicaHolding } from '../../rotation/index.ts';
import { perform } from '../../rotation/transition.ts';
import type { PreflightFacts } from '../facts.ts';
import { caFiles, dayMs, facts, hosted, inspected, istiod, link, proxies, record, spec, specWith } from './sample-facts.ts';

/** Two cases of one check. */
export interface CheckFixture {
  readonly failing: PreflightFacts;
  readonly passing: PreflightFacts;
}

const links = (west: Parameters<typeof link>[0], timing?: Parameters<typeof link>[1]): PreflightFacts => {
  const fit = facts();
  const changed = new Map([
    ['east', link()],
    ['west', link(west, timing)],
  ]);
  return { ...fit, snapshot: { ...fit.snapshot, links: changed } };
};

const evidence = (changes: Parameters<typeof evidenceOf>[1], more: Partial<PreflightFacts> = {}): PreflightFacts =>
  facts({ snapshot: { ...facts().snapshot, ...snapshotOf(record, { east: evidenceOf(record, changes) }) }, ...more });

const replica = (changes: Partial<ReplicaHolding>): ReplicaHolding => ({
  replica: 'istiod-0',
  holding: holdingOf(record),
  failure: undefined,
  multiRoot: 'on',
  ...changes,
});

const rule = (name: string, verdict: InspectedFinding['verdict'] = 'breaks'): PreflightFacts =>
  inspected({ caFiles: known([caFiles({ findings: [{ rule: name, verdict, message: 'something about the files' }] })]) });

const listed = (bytes: number): PreflightFacts =>
  inspected({ caFiles: known([caFiles({ keys: [{ name: 'ca-crl.pem', bytes }] })]) });

const istiods = (...changes: Parameters<typeof istiod>[0][]): PreflightFacts =>
  inspected({ istiods: known(changes.map(istiod)) });

const group = (changes: Partial<InspectedProxies>, more: Partial<PreflightFacts> = {}): PreflightFacts =>
  inspected({ proxies: known([proxies(changes)]) }, more);

const right = (need: 'needed' | 'optional', allowed: 'yes' | 'no'): PreflightFacts =>
  inspected({ rights: known([{ right: 'patch secrets cacerts in istio-system', need, allowed }]) });

const webhook = (changes: { readonly bundle?: 'equal' | 'differs'; readonly written?: 'never' | 'meanwhile' }): PreflightFacts =>
  inspected({ webhooks: known([{ name: 'injector', kind: 'mutating', bundle: 'equal', written: 'never', ...changes }]) });

const budget = (guards: 'istiod' | 'gateway', allowed: number, rotation: Parameters<typeof specWith>[0]): PreflightFacts =>
  inspected({ budgets: known([{ name: guards, namespace: 'istio-system', guards, allowed }]) }, { spec: specWith(rotation) });

const otherBytes = { ...holdingOf(record), bundleSha256: 'other bytes' };

const excluded = excludeCluster(
  record,
  'west',
  { by: 'ana', why: 'it is being rebuilt', cause: 'operator', members: spec.clusters },
  1_000,
).record;

const joined = perform(record, { move: 'members', added: ['west'], removed: [] }, 0, { message: 'west joined' }).record;
const returningWith = (roots: readonly string[], signerRoot: string | undefined): PreflightFacts => {
  const west = evidenceOf(record, { written: { ...holdingOf(record), roots, signerRoot } });
  return facts({ record: joined, snapshot: { ...facts().snapshot, ...snapshotOf(joined, { west }) } });
};

/** Certificates are only compared by their names here. */
const named = (subject: string, fingerprint: string): ReturnType<typeof parseCertificate> =>
  ({ subject, fingerprint }) as ReturnType<typeof parseCertificate>;

const withTarget = (subject: string): PreflightFacts => {
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

const endingAt = (notAfterMs: number): PreflightFacts =>
  facts({ record: { ...record, roots: record.roots.map((root) => ({ ...root, notAfterMs })) } });

/** By the id of the check. */
export const checkFixtures: Readonly<Record<string, CheckFixture>> = {
  members: { failing: facts({ record: excluded }), passing: facts() },
  'agent-reports': {
    failing: facts({ snapshot: { ...facts().snapshot, ...snapshotOf(record, { west: undefined }) } }),
    passing: evidence({ receivedAtMs: 1 }),
  },
  'agent-answers': {
    failing: facts({ inspections: new Map([...facts().inspections, ['west', { kind: 'unknown', why: 'did not answer' }]]) }),
    passing: facts(),
  },
  'agent-version': { failing: links({ protocol: 1 }), passing: links({}) },
  'agent-problems': {
    failing: evidence({ problems: [{ code: 'RR_CLUSTER_FORBIDDEN', message: 'list pods', remedy: 'grant it' }] }),
    passing: evidence({ problems: [] }),
  },
  'agent-rights': { failing: right('needed', 'no'), passing: right('optional', 'no') },
  'agent-rights-optional': { failing: right('optional', 'no'), passing: right('needed', 'no') },
  clocks: {
    failing: links({}, { roundTripMs: 10, clockOffsetMs: 61_000 }),
    // So slow a link makes it no more certain than that it may be right.
    passing: links({}, { roundTripMs: 10_000, clockOffsetMs: 61_000 }),
  },
  'clock-behind-certificates': {
    failing: links({}, { roundTripMs: 10, clockOffsetMs: -301_000 }),
    passing: links({}, { roundTripMs: 10, clockOffsetMs: 301_000 }),
  },
  'istiod-multi-root': {
    failing: evidence({ replicas: [replica({ multiRoot: 'off' })] }),
    passing: evidence({ replicas: [replica({ multiRoot: 'off' })] }, { spec: specWith({ restarts: 'when-refused' }) }),
  },
  'istiod-versions-blocked': { failing: istiods({ version: '1.25.1-distroless' }), passing: istiods({ version: '1.25.2' }) },
  'istiod-reloads': { failing: istiods({ version: '1.17.8' }), passing: istiods({ version: '1.18.0' }) },
  'istiod-signs': { failing: istiods({ externalCa: 'cert-manager-istio-csr:443' }), passing: istiods({ externalCa: '' }) },
  'istiod-byte-rule': {
    failing: {
      ...evidence({ replicas: [replica({ holding: otherBytes })] }),
      inspections: istiods({ version: '1.29.6' }).inspections,
    },
    passing: {
      ...evidence({ replicas: [replica({ holding: otherBytes })] }),
      inspections: istiods({ version: '1.30.0' }).inspections,
    },
  },
  'istiod-loaded': {
    failing: evidence({ replicas: [replica({ holding: otherBytes })] }),
    passing: evidence({ replicas: [replica({})] }),
  },
  'istiods-agree': {
    failing: istiods({ version: '1.30.1' }, { name: 'istiod-old', version: '1.29.6', revision: 'old' }),
    passing: istiods({ version: '1.30.1' }, { name: 'istiod-old', version: '1.30.1', revision: 'old' }),
  },
  'istiod-leaf-lifetime': { failing: istiods({ longestLeafMs: 91 * dayMs }), passing: istiods({ longestLeafMs: 90 * dayMs }) },
  'istiod-outside-clients': {
    failing: inspected({ outsideWorkloads: known(2) }),
    passing: inspected({ outsideWorkloads: known(2) }, { spec: specWith({ restarts: 'always' }) }),
  },
  'ca-set-complete': { failing: rule('incomplete-set', 'refuses'), passing: rule('chain-empty', 'ok') },
  'ca-chain-has-signer': { failing: rule('chain-lacks-signer'), passing: rule('missing-key-id', 'warns') },
  'ca-form': { failing: rule('tls-form-stray-files', 'warns'), passing: rule('signer-verified', 'ok') },
  'root-names': { failing: rule('same-name', 'warns'), passing: rule('same-name-no-key-id') },
  'root-names-ambiguous': { failing: rule('same-name-no-key-id'), passing: rule('same-name', 'warns') },
  'key-identifiers': { failing: rule('missing-key-id', 'warns'), passing: rule('outlives-issuer', 'warns') },
  'bundle-expired-root': { failing: rule('root-not-valid', 'warns'), passing: rule('root-expired-same-name') },
  'bundle-expired-namesake': { failing: rule('root-expired-same-name'), passing: rule('root-not-valid', 'warns') },
  'ca-extended-key-usage': { failing: rule('ca-extended-key-usage', 'refuses'), passing: rule('weak-signature', 'refuses') },
  'ca-crls': { failing: listed(300), passing: listed(0) },
  'signer-outlives-leaves': { failing: rule('leaf-shortened', 'warns'), passing: rule('outlives-issuer', 'warns') },
  'ca-files-work': { failing: rule('key-mismatch', 'refuses'), passing: rule('signer-more-blocks', 'warns') },
  'ca-files-traps': { failing: rule('signer-more-blocks', 'warns'), passing: rule('key-mismatch', 'refuses') },
  'root-config-maps': {
    failing: evidence({ namespaces: [{ namespace: 'shop', holding: undefined }] }),
    passing: evidence({ namespaces: [{ namespace: 'shop', holding: holdingOf(record) }] }),
  },
  'trust-bundle-mode': {
    failing: istiods({ trustBundles: 'on' }),
    passing: inspected({ istiods: known([istiod({ trustBundles: 'on' })]), rootsReadFrom: known('cluster-trust-bundle') }),
  },
  'trust-bundle-repeats': {
    failing: {
      ...evidence({ written: { ...holdingOf(record), roots: [rootA.fingerprint, rootA.fingerprint] } }),
      inspections: istiods({ trustBundles: 'on' }).inspections,
    },
    passing: {
      ...evidence({ written: { ...holdingOf(record), roots: [rootA.fingerprint, rootA.fingerprint] } }),
      inspections: istiods({ trustBundles: 'off' }).inspections,
    },
  },
  'root-config-map-name': {
    failing: istiods({}, { name: 'istiod-canary', rootConfigMap: 'mesh-roots' }),
    passing: istiods({}, { name: 'istiod-canary' }),
  },
  'webhook-bundles': { failing: webhook({ bundle: 'differs' }), passing: webhook({ written: 'meanwhile' }) },
  'webhook-flapping': {
    failing: webhook({ written: 'meanwhile', bundle: 'differs' }),
    passing: webhook({ written: 'meanwhile' }),
  },
  'webhook-written': { failing: webhook({ written: 'meanwhile' }), passing: webhook({ written: 'never' }) },
  'mesh-ca-certificates': { failing: inspected({ meshRoots: known(1) }), passing: inspected({ meshRoots: known(0) }) },
  'proxies-ask-for-bundles': {
    failing: group({ learns: 'renewed' }),
    passing: group({ learns: 'renewed' }, { spec: specWith({ workloadRestarts: 'when-needed' }) }),
  },
  'proxies-renew-when-pushed': { failing: group({ version: '1.19.4' }), passing: group({ version: '1.20.0' }) },
  'proxy-versions': { failing: group({ version: 'latest' }), passing: group({ version: '1.30.1-distroless' }) },
  'leaf-lifetimes': { failing: group({ leafLifetimeMs: 8 * dayMs }), passing: group({ leafLifetimeMs: 7 * dayMs }) },
  'certificates-from-elsewhere': {
    failing: group({ certificates: 'external-sds' }),
    passing: group({ certificates: 'provisioned' }),
  },
  'ztunnel-multi-root': {
    failing: group({ role: 'ztunnel', version: '1.25.9' }),
    passing: group({ role: 'ztunnel', version: '1.26.0' }),
  },
  'ztunnel-reads-root-once': {
    failing: group({ role: 'ztunnel', version: '1.29.1' }),
    passing: group({ role: 'ztunnel', version: '1.29.2' }),
  },
  'root-key': {
    failing: hosted({ rootKey: known({ kind: 'unusable', why: 'the key file is gone' }) }),
    passing: hosted({ rootKey: known({ kind: 'usable' }) }),
  },
  'root-in-force': { failing: endingAt(dayMs), passing: endingAt(3 * dayMs) },
  'target-root': {
    failing: facts({ spec: specWith({ minimumRootValidityMs: 366 * dayMs }) }),
    passing: facts({ spec: specWith({ minimumRootValidityMs: 365 * dayMs }) }),
  },
  'target-root-name': { failing: withTarget('CN=old'), passing: withTarget('CN=new') },
  approvals: {
    failing: hosted({ names: 'claimed' }, { spec: specWith({ approvals: { by: 'another-person', expireAfterMs: dayMs } }) }),
    passing: hosted({ names: 'claimed' }),
  },
  'maintenance-windows': {
    // The 29th of February of a year that is never one.
    failing: facts({ spec: { ...spec, maintenanceWindows: [{ cron: '0 0 31 2 *', durationMs: 3_600_000, timeZone: 'UTC' }] } }),
    passing: facts({ spec: { ...spec, maintenanceWindows: [{ cron: '0 0 29 2 *', durationMs: 3_600_000, timeZone: 'UTC' }] } }),
  },
  'intermediate-lifetime': { failing: group({ leafLifetimeMs: 31 * dayMs }), passing: group({ leafLifetimeMs: 30 * dayMs }) },
  'foreign-trust': {
    failing: returningWith(['f'.repeat(64)], undefined),
    passing: returningWith([rootA.fingerprint], rootA.fingerprint),
  },
  'istiod-budgets': { failing: budget('istiod', 0, { restarts: 'always' }), passing: budget('istiod', 0, {}) },
  'gateway-budgets': {
    failing: budget('gateway', 0, { workloadRestarts: 'when-needed' }),
    passing: budget('gateway', 1, { workloadRestarts: 'when-needed' }),
  },
  'nats-limits': { failing: hosted({ natsMaxBytes: known(39_999) }), passing: hosted({ natsMaxBytes: known(40_000) }) },
  disk: { failing: hosted({ freeBytes: known(2 ** 26 - 1) }), passing: hosted({ freeBytes: known(2 ** 26) }) },
};
