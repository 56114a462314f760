import type { Strategy, Verification } from '@reroot/shared/api';
import type { ReplicaRestart, WorkloadRestart } from '@reroot/shared/protocol';
import type { AutomaticPolicy } from './automatic-policy.ts';

/** How the rotations of a mesh go, as its spec says, with every default filled in. */
export interface RotationPolicy {
  readonly strategy: Strategy;
  readonly verification: Verification;
  /** What verification `automatic` asks for; `defaultAutomaticPolicy` when left out. */
  readonly automatic?: AutomaticPolicy;
  readonly approvals: ApprovalPolicy;
  readonly waves: WavePolicy;
  readonly stepTimeout: StepTimeout;
  readonly silentClusters: SilentClusterPolicy;
  /** The levels of evidence that gates ask for: this one and those before it. */
  readonly requiredEvidence: RequiredEvidence;
  readonly restarts: ReplicaRestart;
  readonly workloadRestarts: WorkloadRestart;
  /** What becomes of a Secret that somebody else changes at rest. */
  readonly drift: 'reapply' | 'report';
  /** How long a row that trusts both roots must have been proven everywhere before the next one begins. */
  readonly minimumOverlapMs: number;
  /** How much of its life a new root must have before it to be rotated to. */
  readonly minimumRootValidityMs: number;
  /** How long the private key of a retired root is kept. */
  readonly rootKeyRetentionMs: number;
  /** Share of the root's life that is left when a rotation starts by itself; 0 for never. */
  readonly rootGraceRatio: number;
  readonly emergency: EmergencyPolicy;
}

/** The most that a rotation in an emergency may restart; it never restarts less than the policy says. */
export interface EmergencyPolicy {
  readonly restarts: 'never' | 'when-refused';
  readonly workloadRestarts: 'never' | 'when-needed';
}

/** Who may approve a step, and for how long an approval holds. */
export interface ApprovalPolicy {
  /** `another-person`: whoever started a rotation cannot let its steps pass. */
  readonly by: 'anybody' | 'another-person';
  /** An approval that has not led to the next step by then is void. */
  readonly expireAfterMs: number;
}

/** Which clusters are given a step together. */
export interface WavePolicy {
  /** These come first, as a wave of their own. */
  readonly canaries: readonly string[];
  readonly size: WaveSize;
  /** How long a wave must have been proven before the next one begins. */
  readonly soakMs: number;
  /** What a wave that runs into the step timeout means for the waves after it. */
  readonly onFailure: 'stop' | 'continue';
}

export type WaveSize =
  | { readonly kind: 'all' }
  | { readonly kind: 'count'; readonly clusters: number }
  /** Of all members, rounded up. */
  | { readonly kind: 'share'; readonly percent: number };

/** How long a wave may take to be proven, and what happens then. A step without waves is one wave. */
export interface StepTimeout {
  /** Undefined: for ever. */
  readonly afterMs: number | undefined;
  readonly then: 'hold' | 'rollback';
}

/** What becomes of a cluster that stops reporting while a rotation is under way. */
export type SilentClusterPolicy = { readonly kind: 'wait' } | { readonly kind: 'exclude'; readonly afterMs: number };

/** Levels of evidence, each with those before it. */
export type RequiredEvidence = 'written' | 'loaded' | 'published' | 'held';

/** Whether a step may begin now. */
export type Window = { readonly kind: 'open' } | { readonly kind: 'closed'; readonly opensAtMs: number | undefined };

/** All that bears on a decision besides record and evidence. */
export interface Policy extends RotationPolicy {
  /** How long a cluster may keep silent before its last report no longer counts. */
  readonly silentAfterMs: number;
  /** How long FINISHED is shown before the mesh is NOT_ROTATING again. */
  readonly finishedHoldMs: number;
  /** The maintenance windows of the spec, as they stand now. */
  readonly window: Window;
}

/** What a spec that says nothing about rotations means. */
export const defaultRotationPolicy: RotationPolicy = {
  strategy: 'MULTI_ROOT',
  // Going on without anybody's look must be asked for.
  verification: 'manual',
  approvals: { by: 'anybody', expireAfterMs: 86_400_000 },
  waves: { canaries: [], size: { kind: 'all' }, soakMs: 0, onFailure: 'stop' },
  stepTimeout: { afterMs: undefined, then: 'hold' },
  silentClusters: { kind: 'wait' },
  requiredEvidence: 'held',
  restarts: 'never',
  workloadRestarts: 'never',
  drift: 'reapply',
  minimumOverlapMs: 0,
  minimumRootValidityMs: 0,
  rootKeyRetentionMs: 7 * 86_400_000,
  rootGraceRatio: 0,
  emergency: { restarts: 'when-refused', workloadRestarts: 'when-needed' },
};

/** What does not go together in a policy: the field that is to be changed, as its path below certificateRotation, and why. */
export interface Contradiction {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Leaves live for as long as this unless a workload asks for another time (SECRET_TTL of Istio's agent). */
const leafLifetimeMs = 24 * 3_600_000;

/** What of a policy is looked at for contradictions. */
export type ContradictionPolicy = Pick<
  RotationPolicy,
  'strategy' | 'verification' | 'automatic' | 'approvals' | 'requiredEvidence' | 'minimumOverlapMs'
>;

/** What does not go together, whether the spec says so or the start of one rotation. */
export function findContradictions(policy: ContradictionPolicy): readonly Contradiction[] {
  const { strategy, verification, approvals, requiredEvidence, minimumOverlapMs } = policy;
  const found: Contradiction[] = [];
  if (approvals.by === 'another-person' && verification !== 'manual') {
    const message = `has no meaning with verification ${verification}: there, nobody approves`;
    found.push({ path: ['approvals', 'fourEyes'], message });
  }
  if (requiredEvidence !== 'held' && strategy === 'MULTI_ROOT' && minimumOverlapMs < leafLifetimeMs) {
    const message =
      'must be EVIDENCE_HELD, or minimumOverlap at least 24h: without evidence of the workloads, time alone proves that no ' +
      "leaf of the old root is left, and 24h is Istio's default lifetime of a leaf";
    found.push({ path: ['requiredEvidence'], message });
  }
  const { handshakes, negativeProof } = policy.automatic ?? {};
  if (verification === 'automatic' && handshakes === 'off' && negativeProof === 'required') {
    const message = 'cannot be NEGATIVE_PROOF_REQUIRED with HANDSHAKES_OFF: it is proven by handshakes that are refused';
    found.push({ path: ['verification', 'automatic', 'negativeProof'], message });
  }
  return found;
}
