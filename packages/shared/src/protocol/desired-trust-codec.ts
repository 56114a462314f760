import { assertNever } from '../errors/index.ts';
import type { KeyAlgorithm } from '../pki/index.ts';
import {
  malformed,
  readCertificate,
  readCount,
  readEnum,
  readEnumOr,
  readFingerprint,
  readList,
  readShare,
  readShort,
  requirePart,
} from './field.ts';
import { reroot } from './generated/reroot.js';
import { limits } from './limits.ts';
import type { DesiredTrust, IntermediateOptions, Nudge, Passage, ReplicaRestart, Step, WorkloadRestart } from './message.ts';
import { readIntermediateSource, writeIntermediateSource } from './vault-codec.ts';

const {
  CertificateRotationState,
  DriftHandling,
  KeyAlgorithm: WireKeyAlgorithm,
  Nudge: WireNudge,
  Passage: WirePassage,
  ReplicaRestart: WireReplicaRestart,
  SignerOrigin: WireSignerOrigin,
  WorkloadRestart: WireWorkloadRestart,
} = reroot.v1;

type Wire = reroot.v1.DesiredTrust.$Properties;

const steps = {
  PREVIOUS_CA: CertificateRotationState.PREVIOUS_CA,
  ADDING_NEW_ROOT: CertificateRotationState.ADDING_NEW_ROOT,
  PROPAGATING_NEW_INTERMEDIATE: CertificateRotationState.PROPAGATING_NEW_INTERMEDIATE,
  DELETING_OLD_ROOT: CertificateRotationState.DELETING_OLD_ROOT,
} as const satisfies Record<Step, number>;
const nudges = {
  laggards: WireNudge.NUDGE_LAGGARDS,
  'when-loaded': WireNudge.NUDGE_WHEN_LOADED,
} as const satisfies Record<Nudge, number>;
const replicaRestarts = {
  never: WireReplicaRestart.REPLICA_RESTART_NEVER,
  'when-refused': WireReplicaRestart.REPLICA_RESTART_WHEN_REFUSED,
  always: WireReplicaRestart.REPLICA_RESTART_ALWAYS,
} as const satisfies Record<ReplicaRestart, number>;
const workloadRestarts = {
  never: WireWorkloadRestart.WORKLOAD_RESTART_NEVER,
  'when-needed': WireWorkloadRestart.WORKLOAD_RESTART_WHEN_NEEDED,
} as const satisfies Record<WorkloadRestart, number>;
const passages = {
  gradual: WirePassage.PASSAGE_GRADUAL,
  abrupt: WirePassage.PASSAGE_ABRUPT,
} as const satisfies Record<Passage, number>;

const signerOrigins = { kept: WireSignerOrigin.SIGNER_ORIGIN_KEPT } as const;
const drifts = {
  reapply: DriftHandling.DRIFT_HANDLING_REAPPLY,
  report: DriftHandling.DRIFT_HANDLING_REPORT,
} as const;

/** To the wire's form. */
export function writeDesiredTrust(trust: DesiredTrust): Wire {
  return {
    rotationId: trust.rotationId,
    step: steps[trust.step],
    roots: [...trust.roots],
    signerRoot: trust.signerRoot,
    intermediate: writeOptions(trust.intermediate),
    nudge: nudges[trust.nudge],
    replicaRestart: replicaRestarts[trust.replicaRestart],
    workloadRestart: workloadRestarts[trust.workloadRestart],
    trustDomain: trust.trustDomain,
    passage: passages[trust.passage],
    intermediateSource: writeIntermediateSource(trust.intermediateSource),
    ...(trust.signer === undefined ? {} : { signerKept: signerOrigins[trust.signer] }),
    ...(trust.drift === undefined ? {} : { drift: drifts[trust.drift] }),
  };
}

/**
 * From the wire's form. An mgmt that does not know a newer field is taken to want what does less.
 * @throws RR_PROTOCOL_MALFORMED
 */
export function readDesiredTrust(wire: Wire): DesiredTrust {
  const roots = readList('desired-trust.roots', wire.roots, limits.trustedRoots, readCertificate);
  if (roots.length === 0) throw malformed('desired-trust.roots', 'is empty');
  const trustDomain = readShort('desired-trust.trust_domain', wire.trustDomain);
  if (trustDomain === '') throw malformed('desired-trust.trust_domain', 'is empty');
  return {
    rotationId: readShort('desired-trust.rotation_id', wire.rotationId),
    step: readEnum('desired-trust.step', steps, wire.step),
    roots,
    signerRoot: readFingerprint('desired-trust.signer_root', wire.signerRoot),
    intermediate: readOptions(requirePart('desired-trust.intermediate', wire.intermediate)),
    nudge: readEnum('desired-trust.nudge', nudges, wire.nudge),
    replicaRestart: readEnum('desired-trust.replica_restart', replicaRestarts, wire.replicaRestart),
    workloadRestart: readEnumOr('desired-trust.workload_restart', workloadRestarts, wire.workloadRestart, 'never'),
    trustDomain,
    passage: readEnumOr('desired-trust.passage', passages, wire.passage, 'gradual'),
    intermediateSource: readIntermediateSource(wire.intermediateSource),
    ...((wire.signerKept ?? 0) === 0 ? {} : { signer: readEnum('desired-trust.signer_kept', signerOrigins, wire.signerKept) }),
    ...(readEnumOr<'reapply' | 'report'>('desired-trust.drift', drifts, wire.drift, 'reapply') === 'report'
      ? { drift: 'report' as const }
      : {}),
  };
}

type WireOptions = reroot.v1.CommonCertOptions.$Properties;

function writeOptions({ keyAlgorithm, organization, ttlDays, graceRatio }: IntermediateOptions): WireOptions {
  return { ttlDays, orgName: organization, secretRotationGracePeriodRatio: graceRatio, ...writeAlgorithm(keyAlgorithm) };
}

function writeAlgorithm(algorithm: KeyAlgorithm): WireOptions {
  switch (algorithm.kind) {
    case 'rsa':
      return { keyAlgorithm: WireKeyAlgorithm.KEY_ALGORITHM_RSA, rsaKeySizeBytes: algorithm.bits };
    case 'ecdsa': {
      const { KEY_ALGORITHM_ECDSA_P256, KEY_ALGORITHM_ECDSA_P384 } = WireKeyAlgorithm;
      return { keyAlgorithm: algorithm.curve === 'P-256' ? KEY_ALGORITHM_ECDSA_P256 : KEY_ALGORITHM_ECDSA_P384 };
    }
    default:
      return assertNever(algorithm);
  }
}

function readOptions(wire: WireOptions): IntermediateOptions {
  const ttlDays = readCount('desired-trust.intermediate.ttl_days', wire.ttlDays);
  if (ttlDays === 0) throw malformed('desired-trust.intermediate.ttl_days', 'is 0');
  return {
    keyAlgorithm: readAlgorithm(wire),
    organization: readShort('desired-trust.intermediate.org_name', wire.orgName),
    ttlDays,
    graceRatio: readShare('desired-trust.intermediate.secret_rotation_grace_period_ratio', wire.secretRotationGracePeriodRatio),
  };
}

const algorithmNumbers = {
  RSA: WireKeyAlgorithm.KEY_ALGORITHM_RSA,
  'P-256': WireKeyAlgorithm.KEY_ALGORITHM_ECDSA_P256,
  'P-384': WireKeyAlgorithm.KEY_ALGORITHM_ECDSA_P384,
} as const;

function readAlgorithm(wire: WireOptions): KeyAlgorithm {
  const name = readEnum('desired-trust.intermediate.key_algorithm', algorithmNumbers, wire.keyAlgorithm);
  if (name !== 'RSA') return { kind: 'ecdsa', curve: name };
  const bits = wire.rsaKeySizeBytes;
  if (bits === 2048 || bits === 3072 || bits === 4096) return { kind: 'rsa', bits };
  throw malformed('desired-trust.intermediate.rsa_key_size_bytes', `is ${bits ?? 0}; 2048, 3072 and 4096 are allowed`);
}
