import type { Alarm } from '@reroot/shared/api';
import { quarantineOf } from './decide-deviation.ts';
import type { Snapshot } from './evidence.ts';
import { linkAlarms } from './link-alarms.ts';
import type { RotationRecord } from './record.ts';
import { type Beyond, findBeyond } from './restored.ts';
import type { AlarmReason } from './runbook/index.ts';

/** An alarm that people can look up. */
export interface KnownAlarm extends Alarm {
  readonly reason: AlarmReason;
}

/** When a certificate's remaining life becomes an alarm, as shares of its lifetime. */
interface Thresholds {
  readonly warning: number;
  readonly critical: number;
}

/** With nothing to renew it by itself, a certificate needs somebody's plan. */
const byHand: Thresholds = { warning: 1 / 3, critical: 1 / 10 };

/** What of the spec alarms depend on. */
export interface AlarmPolicy {
  /** Share of the root's life that is left when a rotation starts by itself; 0 for never. */
  readonly rootGraceRatio: number;
  /** How long an intermediate lives, and the share of it that is left when its agent renews it. */
  readonly intermediateTtlMs: number;
  readonly intermediateGraceRatio: number;
  /** How far certificates reach back, for clocks that are behind. */
  readonly backdateMs: number;
}

/** What needs an eye: certificates near their end, clusters that cannot come back, clocks. Pure. The worst comes first. */
export function findAlarms(
  record: RotationRecord,
  snapshot: Snapshot,
  policy: AlarmPolicy,
  nowMs: number,
): readonly KnownAlarm[] {
  const alarms = [
    ...findBeyond(record, snapshot).map(outdatedAlarm),
    ...rootAlarms(record, policy, nowMs),
    ...snapshot.clusters.flatMap((cluster) => intermediateAlarms(cluster, record, snapshot, { policy, nowMs })),
    ...snapshot.clusters.flatMap((cluster) => quarantineAlarms(cluster, record, snapshot)),
    ...snapshot.clusters.flatMap((cluster) => linkAlarms(cluster, snapshot, policy.backdateMs)),
  ];
  return [
    ...alarms.filter(({ severity }) => severity === 'critical'),
    ...alarms.filter(({ severity }) => severity !== 'critical'),
  ];
}

function outdatedAlarm({ cluster, message }: Beyond): KnownAlarm {
  const what = `the store is older than the mesh, and nobody is told anything: ${message}`;
  return { severity: 'critical', reason: 'StoreOutdated', message: what, cluster };
}

function rootAlarms(
  { roots, currentRoot, state }: RotationRecord,
  { rootGraceRatio }: AlarmPolicy,
  nowMs: number,
): readonly KnownAlarm[] {
  const root = roots.find(({ fingerprint }) => fingerprint === currentRoot);
  if (root === undefined) return [];
  // Long before a rotation starts by itself; after a rollback none does.
  const startsByItself = rootGraceRatio > 0 && state !== 'PREVIOUS_CA';
  const thresholds = startsByItself ? { warning: Math.min(1, rootGraceRatio * 1.5), critical: rootGraceRatio / 2 } : byHand;
  const lifeMs = root.notAfterMs - root.notBeforeMs;
  return expiryAlarm({ what: `root ${currentRoot}`, kind: 'Root', notAfterMs: root.notAfterMs, lifeMs, thresholds, nowMs });
}

function intermediateAlarms(
  cluster: string,
  { roots }: RotationRecord,
  { evidence }: Snapshot,
  { policy, nowMs }: { readonly policy: AlarmPolicy; readonly nowMs: number },
): readonly KnownAlarm[] {
  const written = evidence.get(cluster)?.written;
  if (written?.signerNotAfterMs === undefined) return [];
  const root = roots.find(({ fingerprint }) => fingerprint === written.signerRoot);
  // It lives no longer than its root.
  const rootLifeMs = root === undefined ? Number.POSITIVE_INFINITY : root.notAfterMs - root.notBeforeMs;
  const alarm = expiryAlarm({
    what: `the intermediate of ${cluster}`,
    kind: 'Intermediate',
    notAfterMs: written.signerNotAfterMs,
    lifeMs: Math.min(policy.intermediateTtlMs, rootLifeMs),
    thresholds: onceDue(policy.intermediateGraceRatio),
    nowMs,
  });
  return alarm.map((each) => ({ ...each, cluster }));
}

function quarantineAlarms(cluster: string, record: RotationRecord, snapshot: Snapshot): readonly KnownAlarm[] {
  const why = quarantineOf(record, cluster, snapshot);
  if (why === undefined) return [];
  return [{ severity: 'warning', reason: 'ClusterQuarantined', message: `${cluster} is not brought back: ${why}`, cluster }];
}

/** What renews itself raises an alarm only when it should have been renewed for a while. */
function onceDue(graceRatio: number): Thresholds {
  return { warning: graceRatio * 0.9, critical: graceRatio / 2 };
}

interface Expiry {
  readonly what: string;
  readonly kind: 'Root' | 'Intermediate';
  readonly notAfterMs: number;
  readonly lifeMs: number;
  readonly thresholds: Thresholds;
  readonly nowMs: number;
}

function expiryAlarm({ what, kind, notAfterMs, lifeMs, thresholds, nowMs }: Expiry): readonly KnownAlarm[] {
  const until = new Date(notAfterMs).toISOString();
  if (nowMs >= notAfterMs) return [{ severity: 'critical', reason: `${kind}Expired`, message: `${what} expired at ${until}` }];
  const left = (notAfterMs - nowMs) / lifeMs;
  if (left >= thresholds.warning) return [];
  const severity = left < thresholds.critical ? 'critical' : 'warning';
  return [{ severity, reason: `${kind}ExpiresSoon`, message: `${what} expires at ${until}` }];
}
