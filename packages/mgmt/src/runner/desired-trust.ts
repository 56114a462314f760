import type { DesiredTrust, Passage, ReplicaRestart } from '@reroot/shared/protocol';
import { intermediateSourceUnder } from '../authorities/index.ts';
import {
  assignmentOf,
  effectivePolicyOf,
  entryOf,
  isAtRest,
  isMember,
  isReleased,
  type RotationPolicy,
  type RotationRecord,
} from '../rotation/index.ts';
import { type MeshView, requireRoot } from './mesh-view.ts';

/** What one cluster shall hold, and the generation under which it is told so. */
export interface ClusterTrust {
  readonly generation: number;
  readonly trust: DesiredTrust;
  /** The same where generation and trust are, and nowhere else. */
  readonly key: string;
}

/**
 * What a cluster of the mesh shall hold now: it derives from the stored record and spec alone, so a crash loses nothing.
 * @returns undefined while the cluster is told nothing
 * @throws RR_STORE_CORRUPT when a root that it names is not stored
 */
export function desiredTrustOf(view: MeshView, cluster: string): ClusterTrust | undefined {
  const { spec, record } = view.stored;
  const assignment = assignmentOf(record, cluster);
  if (assignment === undefined) return undefined;
  const { row, generation } = assignment;
  const passage = passageOf(view, cluster);
  const { restarts, workloadRestarts } = restartPolicyOf(view, cluster);
  const { keyAlgorithm, organization, ttlDays, graceRatio } = spec.intermediate;
  const trust: DesiredTrust = {
    rotationId: record.rotation?.id ?? '',
    step: row.step,
    roots: row.roots.map((fingerprint) => requireRoot(view, fingerprint).certificate.der),
    signerRoot: row.signer,
    intermediate: { keyAlgorithm, organization, ttlDays, graceRatio },
    nudge: row.nudge,
    passage,
    replicaRestart: restartsOf(restarts, passage),
    workloadRestart: workloadRestarts,
    trustDomain: spec.trustDomain,
    intermediateSource: intermediateSourceUnder(requireRoot(view, row.signer).custody, spec.intermediateSource),
    ...(isKept(view, cluster, row.signer) ? { signer: 'kept' } : {}),
    // Whatever stands in the way of a rotation is written over.
    ...(isAtRest(record) && spec.rotation.drift === 'report' ? { drift: 'report' as const } : {}),
  };
  // Roots go by their names: their bytes would make it slow, and say no more.
  return { generation, trust, key: JSON.stringify([generation, { ...trust, roots: row.roots }]) };
}

/** An emergency allows more, to those that take part in it and were told: an excluded cluster stays as it is. */
function restartPolicyOf(
  { stored: { spec, record } }: MeshView,
  cluster: string,
): Pick<RotationPolicy, 'restarts' | 'workloadRestarts'> {
  return takesPart(record, cluster) ? effectivePolicyOf(spec.rotation, record) : spec.rotation;
}

function takesPart(record: RotationRecord, cluster: string): boolean {
  return isMember(record, cluster) && isReleased(record, cluster);
}

/** Nobody here could issue under the root that an adopted cluster came with: it goes on with the signer that it came with. */
function isKept({ stored: { record }, roots }: MeshView, cluster: string, signer: string): boolean {
  if (roots.get(signer)?.custody.kind === 'foreign') return true;
  return signer !== record.currentRoot && entryOf(record.rotation?.origins, cluster)?.signer === signer;
}

/** Only strategy NONE lets trust change in one leap, and only for those that take part in the rotation. */
function passageOf({ stored: { record } }: MeshView, cluster: string): Passage {
  const leaps = record.rotation?.strategy === 'NONE' && takesPart(record, cluster);
  return leaps ? 'abrupt' : 'gradual';
}

/** No running istiod loads a root that is not related to the one it has. */
function restartsOf(policy: ReplicaRestart, passage: Passage): ReplicaRestart {
  return passage === 'abrupt' && policy === 'never' ? 'when-refused' : policy;
}
