/** For each check one case in which it fails and one, as near to it as there is, in which it passes. Used by tests alone. */
import { known } from '@reroot/shared/protocol';
import { holdingOf, rootA, snapshotOf } from '../../rotation/evidence-sample.ts';
import type { PreflightFacts } from '../facts.ts';
import {
  allHeldBack,
  budget,
  endingAt,
  evidence,
  excluded,
  fromSecret,
  group,
  istiods,
  links,
  listed,
  otherBytes,
  replica,
  returningWith,
  right,
  rightNotTold,
  rule,
  webhook,
  withTarget,
} from './fixture-parts.ts';
import { adopting, dayMs, facts, hosted, inspected, istiod, record, spec, specWith } from './sample-facts.ts';

/** Two cases of one check. */
export interface CheckFixture {
  readonly failing: PreflightFacts;
  readonly passing: PreflightFacts;
  /** What the check is about was looked at, and could not be told: names of who is meant, that the finding must say. */
  readonly open?: readonly [PreflightFacts, string];
}

/** By the id of the check. */
export const checkFixtures: Readonly<Record<string, CheckFixture>> = {
  'any-member': { failing: facts({ record: allHeldBack }), passing: facts({ record: excluded }) },
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
  'agent-rights': {
    failing: right('needed', 'no'),
    passing: right('optional', 'no'),
    open: [rightNotTold('needed'), 'list nodes'],
  },
  'agent-rights-optional': {
    failing: right('optional', 'no'),
    passing: right('needed', 'no'),
    open: [rightNotTold('optional'), 'list nodes'],
  },
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
    open: [evidence({ replicas: [replica({ multiRoot: 'unknown' })] }), 'istiod-0'],
  },
  'istiod-versions-blocked': {
    failing: istiods({ version: '1.25.1-distroless' }),
    passing: istiods({ version: '1.25.2' }),
    open: [istiods({ version: 'latest' }), 'istiod-0'],
  },
  'istiod-reloads': {
    failing: istiods({ version: '1.17.8' }),
    passing: istiods({ version: '1.18.0' }),
    open: [istiods({ version: '' }), 'istiod-0'],
  },
  'istiod-signs': {
    failing: istiods({ externalCa: 'cert-manager-istio-csr:443' }),
    passing: istiods({ externalCa: '' }),
    open: [istiods({ unread: ['EXTERNAL_CA'] }), 'istiod-0'],
  },
  'istiod-byte-rule': {
    failing: {
      ...evidence({ replicas: [replica({ holding: otherBytes })] }),
      inspections: istiods({ version: '1.29.6' }).inspections,
    },
    passing: {
      ...evidence({ replicas: [replica({ holding: otherBytes })] }),
      inspections: istiods({ version: '1.30.0' }).inspections,
    },
    open: [
      { ...evidence({ replicas: [replica({ holding: otherBytes })] }), inspections: istiods({ version: 'latest' }).inspections },
      'istiod-0',
    ],
  },
  'istiod-loaded': {
    failing: evidence({ replicas: [replica({ holding: otherBytes })] }),
    passing: evidence({ replicas: [replica({})] }),
    open: [evidence({ replicas: [] }), 'no istiod'],
  },
  'istiods-agree': {
    failing: istiods({ version: '1.30.1' }, { name: 'istiod-old', version: '1.29.6', revision: 'old' }),
    passing: istiods({ version: '1.30.1' }, { name: 'istiod-old', version: '1.30.1', revision: 'old' }),
    open: [istiods({}, { name: 'istiod-old', multiRoot: 'unknown' }), 'istiod-old'],
  },
  'istiod-leaf-lifetime': {
    failing: istiods({ longestLeafMs: 91 * dayMs }),
    passing: istiods({ longestLeafMs: 90 * dayMs }),
    open: [istiods({ unread: ['MAX_WORKLOAD_CERT_TTL'] }), 'istiod-0'],
  },
  'istiod-outside-clients': {
    failing: group({ certificates: 'files' }),
    passing: group({ certificates: 'external-sds' }),
    open: [group({ unread: ['FILE_MOUNTED_CERTS'] }), 'web-0'],
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
    open: [evidence({ namespaces: undefined }), 'namespaces'],
  },
  'trust-bundle-mode': {
    failing: istiods({ trustBundles: 'on' }),
    passing: inspected({ istiods: known([istiod({ trustBundles: 'on' })]), rootsReadFrom: known('cluster-trust-bundle') }),
    open: [istiods({ trustBundles: 'unknown' }), 'istiod-0'],
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
    open: [
      {
        ...evidence({ written: { ...holdingOf(record), roots: [rootA.fingerprint, rootA.fingerprint] } }),
        inspections: istiods({ trustBundles: 'unknown' }).inspections,
      },
      'istiod-0',
    ],
  },
  'root-config-map-name': {
    failing: istiods({}, { name: 'istiod-canary', rootConfigMap: 'mesh-roots' }),
    passing: istiods({}, { name: 'istiod-canary' }),
    open: [istiods({}, { name: 'istiod-canary', unread: ['PILOT_CA_CERT_CONFIGMAP'] }), 'istiod-canary'],
  },
  'webhook-bundles': {
    failing: webhook({ bundle: 'differs' }),
    passing: webhook({ written: 'meanwhile' }),
    open: [webhook({ bundle: 'unknown' }), 'injector'],
  },
  'webhook-flapping': {
    failing: webhook({ written: 'meanwhile', bundle: 'differs' }),
    passing: webhook({ written: 'meanwhile' }),
    open: [webhook({ written: 'meanwhile', bundle: 'unknown' }), 'injector'],
  },
  'webhook-written': { failing: webhook({ written: 'meanwhile' }), passing: webhook({ written: 'never' }) },
  'mesh-ca-certificates': { failing: inspected({ meshRoots: known(1) }), passing: inspected({ meshRoots: known(0) }) },
  'proxies-ask-for-bundles': {
    failing: group({ learns: 'renewed' }),
    passing: group({ learns: 'renewed' }, { spec: specWith({ workloadRestarts: 'when-needed' }) }),
    open: [group({ learns: 'renewed', unread: ['PROXY_CONFIG_XDS_AGENT'] }), 'web-0'],
  },
  'proxies-renew-when-pushed': {
    failing: group({ version: '1.19.4' }),
    passing: group({ version: '1.20.0' }),
    open: [group({ version: 'latest' }), 'web-0'],
  },
  'proxy-versions': { failing: group({ version: 'latest' }), passing: group({ version: '1.30.1-distroless' }) },
  'leaf-lifetimes': {
    failing: group({ leafLifetimeMs: 8 * dayMs }),
    passing: group({ leafLifetimeMs: 7 * dayMs }),
    open: [group({ leafLifetimeMs: 90 * dayMs, unread: ['SECRET_TTL'] }), 'web-0'],
  },
  'certificates-from-elsewhere': {
    failing: group({ certificates: 'external-sds' }),
    passing: group({ certificates: 'provisioned' }),
    open: [group({ unread: ['FILE_MOUNTED_CERTS'] }), 'web-0'],
  },
  'ztunnel-multi-root': {
    failing: group({ role: 'ztunnel', version: '1.25.9' }),
    passing: group({ role: 'ztunnel', version: '1.26.0' }),
    open: [group({ role: 'ztunnel', version: '' }), 'web-0'],
  },
  'ztunnel-reads-root-once': {
    failing: group({ role: 'ztunnel', version: '1.29.1' }),
    passing: group({ role: 'ztunnel', version: '1.29.2' }),
    open: [group({ role: 'ztunnel', version: '' }), 'web-0'],
  },
  'root-key': {
    failing: hosted({ rootKey: known({ kind: 'unusable', why: 'the key file is gone' }) }),
    passing: hosted({ rootKey: known({ kind: 'usable' }) }),
  },
  'root-in-force': { failing: endingAt(dayMs), passing: endingAt(3 * dayMs) },
  'target-root': {
    failing: facts({ spec: specWith({ minimumRootValidityMs: 366 * dayMs }) }),
    passing: facts({ spec: specWith({ minimumRootValidityMs: 365 * dayMs }) }),
    open: [facts({ spec: specWith({ minimumRootValidityMs: 366 * dayMs }, fromSecret) }), 'secret'],
  },
  'target-root-name': {
    failing: withTarget('CN=old'),
    passing: withTarget('CN=new'),
    open: [facts({ spec: specWith({}, fromSecret) }), 'secret'],
  },
  approvals: {
    failing: hosted({ names: 'claimed' }, { pace: 'emergency' }),
    passing: hosted({ names: 'claimed' }),
  },
  'maintenance-windows': {
    // The 29th of February of a year that is never one.
    failing: facts({ spec: { ...spec, maintenanceWindows: [{ cron: '0 0 31 2 *', durationMs: 3_600_000, timeZone: 'UTC' }] } }),
    passing: facts({ spec: { ...spec, maintenanceWindows: [{ cron: '0 0 29 2 *', durationMs: 3_600_000, timeZone: 'UTC' }] } }),
  },
  'intermediate-lifetime': {
    failing: group({ leafLifetimeMs: 31 * dayMs }),
    passing: group({ leafLifetimeMs: 30 * dayMs }),
    open: [group({ leafLifetimeMs: 90 * dayMs, unread: ['SECRET_TTL'] }), 'web-0'],
  },
  adoptable: {
    failing: facts(adopting('east', { problems: [{ cluster: 'east', kind: 'failing', message: 'RR_ADOPT_TERM too high' }] })),
    passing: facts(adopting('east')),
  },
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
