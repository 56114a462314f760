import type { CertificateRotation } from '@reroot/shared/virtual-mesh';
import { defaultRotationPolicy as defaults, type RotationPolicy, type WaveSize } from '../rotation/index.ts';
import { automaticPolicyOf } from './automatic-verification.ts';
import type { MaintenanceWindow } from './maintenance-window.ts';

type Waves = NonNullable<CertificateRotation['waves']>;
type StepTimeout = NonNullable<CertificateRotation['stepTimeout']>;

const onFailures = {
  ON_FAILURE_UNSPECIFIED: defaults.waves.onFailure,
  ON_FAILURE_STOP: 'stop',
  ON_FAILURE_CONTINUE: 'continue',
} as const satisfies Record<NonNullable<Waves['onFailure']>, RotationPolicy['waves']['onFailure']>;

const thens = {
  THEN_UNSPECIFIED: defaults.stepTimeout.then,
  THEN_HOLD: 'hold',
  THEN_ROLLBACK: 'rollback',
} as const satisfies Record<NonNullable<StepTimeout['then']>, RotationPolicy['stepTimeout']['then']>;

const evidences = {
  EVIDENCE_UNSPECIFIED: defaults.requiredEvidence,
  EVIDENCE_WRITTEN: 'written',
  EVIDENCE_LOADED: 'loaded',
  EVIDENCE_PUBLISHED: 'published',
  EVIDENCE_HELD: 'held',
} as const satisfies Record<NonNullable<CertificateRotation['requiredEvidence']>, RotationPolicy['requiredEvidence']>;

const restarts = {
  RESTART_UNSPECIFIED: defaults.restarts,
  RESTART_NEVER: 'never',
  RESTART_NEEDED: 'when-refused',
  RESTART_ALWAYS: 'always',
} as const satisfies Record<NonNullable<CertificateRotation['restarts']>, RotationPolicy['restarts']>;

const workloadRestarts = {
  RESTART_UNSPECIFIED: defaults.workloadRestarts,
  RESTART_NEVER: 'never',
  RESTART_NEEDED: 'when-needed',
} as const satisfies Record<NonNullable<CertificateRotation['workloadRestarts']>, RotationPolicy['workloadRestarts']>;

const drifts = {
  DRIFT_UNSPECIFIED: defaults.drift,
  DRIFT_REAPPLY: 'reapply',
  DRIFT_REPORT: 'report',
} as const satisfies Record<NonNullable<CertificateRotation['drift']>, RotationPolicy['drift']>;

/** The policy that an operator asks for, with every default filled in. */
export function rotationPolicyOf(asked: CertificateRotation = {}, rootGraceRatio: number): RotationPolicy {
  return {
    strategy: asked.strategy ?? defaults.strategy,
    verification: verificationOf(asked),
    ...(asked.verification?.automatic === undefined ? {} : { automatic: automaticPolicyOf(asked.verification.automatic) }),
    approvals: {
      by: asked.approvals?.fourEyes === true ? 'another-person' : defaults.approvals.by,
      expireAfterMs: asked.approvals?.expireAfter ?? defaults.approvals.expireAfterMs,
    },
    waves: wavesOf(asked.waves),
    stepTimeout: {
      afterMs: asked.stepTimeout?.after ?? defaults.stepTimeout.afterMs,
      then: thens[asked.stepTimeout?.then ?? 'THEN_UNSPECIFIED'],
    },
    silentClusters: silentClustersOf(asked.silentClusters),
    requiredEvidence: evidences[asked.requiredEvidence ?? 'EVIDENCE_UNSPECIFIED'],
    restarts: restarts[asked.restarts ?? 'RESTART_UNSPECIFIED'],
    workloadRestarts: workloadRestarts[asked.workloadRestarts ?? 'RESTART_UNSPECIFIED'],
    drift: drifts[asked.drift ?? 'DRIFT_UNSPECIFIED'],
    minimumOverlapMs: asked.minimumOverlap ?? defaults.minimumOverlapMs,
    minimumRootValidityMs: asked.minimumRootValidity ?? defaults.minimumRootValidityMs,
    rootKeyRetentionMs: asked.rootKeyRetention ?? defaults.rootKeyRetentionMs,
    rootGraceRatio,
    emergency: emergencyOf(asked.emergency),
  };
}

/** The windows that an operator asks for; empty text is UTC, as in proto3. */
export function maintenanceWindowsOf({ maintenanceWindows = [] }: CertificateRotation = {}): readonly MaintenanceWindow[] {
  return maintenanceWindows.map(({ cron, duration, timeZone = '' }) => ({
    cron,
    durationMs: duration,
    timeZone: timeZone === '' ? 'UTC' : timeZone,
  }));
}

function verificationOf({ verification }: CertificateRotation): RotationPolicy['verification'] {
  if (verification === undefined) return defaults.verification;
  if (verification.automatic !== undefined) return 'automatic';
  return verification.none === undefined ? 'manual' : 'none';
}

function wavesOf(waves: Waves = {}): RotationPolicy['waves'] {
  return {
    canaries: waves.canaries ?? defaults.waves.canaries,
    size: waveSizeOf(waves),
    soakMs: waves.soak ?? defaults.waves.soakMs,
    onFailure: onFailures[waves.onFailure ?? 'ON_FAILURE_UNSPECIFIED'],
  };
}

function waveSizeOf({ maxClusters, maxPercent }: Waves): WaveSize {
  if (maxClusters !== undefined) return { kind: 'count', clusters: maxClusters };
  if (maxPercent !== undefined) return { kind: 'share', percent: maxPercent };
  return defaults.waves.size;
}

/** The most that may be restarted; where nothing is said, what the step needs. */
function emergencyOf(asked: CertificateRotation['emergency'] = {}): RotationPolicy['emergency'] {
  return {
    restarts: asked.restarts === 'RESTART_NEVER' ? 'never' : defaults.emergency.restarts,
    workloadRestarts: asked.workloadRestarts === 'RESTART_NEVER' ? 'never' : defaults.emergency.workloadRestarts,
  };
}

function silentClustersOf(silent: CertificateRotation['silentClusters']): RotationPolicy['silentClusters'] {
  if (silent === undefined) return defaults.silentClusters;
  return silent.excludeAfter === undefined ? { kind: 'wait' } : { kind: 'exclude', afterMs: silent.excludeAfter };
}
