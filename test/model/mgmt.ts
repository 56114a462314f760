import {
  assignmentOf,
  type ClusterEvidence,
  type Decision,
  defaultAutomaticPolicy,
  defaultRotationPolicy,
  isMember,
  memberAssignmentOf,
  noLinks,
  type Policy,
  type RotationRecord,
  type Snapshot,
  type VerificationFacts,
  type VerificationFinding,
} from '@reroot/mgmt/rotation';
import type { Step } from '@reroot/shared/protocol';
import { type Authorities, laterMs, nowMs } from './materials.ts';
import { signOfLife } from './report.ts';
import type { Rules } from './rules.ts';

/** mgmt as a whole: the one stored record, and every process that believes to be its leader. */
export interface MgmtState {
  readonly record: RotationRecord;
  /** The clusters of the mesh, as the spec has them. */
  readonly members: readonly string[];
  /** Terms, the rightful leader's last. The others are stale: they publish, and store what the store lets them. */
  readonly leaders: readonly number[];
  /** What people and fate may still do. */
  readonly left: Budget;
}

/** How often each of these may happen: without a bound the world would be infinite. */
export interface Budget {
  readonly failovers: number;
  /** Answers by which a rotation that was rolled back or has failed goes forward again. */
  readonly turns: number;
  readonly starts: number;
  readonly aborts: number;
  readonly excludes: number;
  readonly joins: number;
  readonly leaves: number;
  /** Moments at which too much time has passed. */
  readonly timeouts: number;
}

/** Nothing of the kind ever happens. */
export const noBudget: Budget = {
  failovers: 0,
  turns: 0,
  starts: 0,
  aborts: 0,
  excludes: 0,
  joins: 0,
  leaves: 0,
  timeouts: 0,
};

/** How time stands when mgmt decides. */
export interface Moment {
  /** What a story says of it. */
  readonly text: string;
  readonly policy?: Partial<Policy>;
  readonly nowMs?: number;
  /** A cluster that has not been heard for too long. */
  readonly silent?: string;
  /** What automatic verification has found; `passed` when left out. */
  readonly verification?: 'failed';
  readonly costs?: keyof Budget;
}

/** The moment at which every wait is over, or none was begun. */
export const plainMoment: Moment = { text: '' };

/** What of a world concerns mgmt. */
export interface MgmtOptions {
  readonly policy: Partial<Policy>;
  /** Besides the plain one; none of them need ever be. */
  readonly moments: readonly Moment[];
  /** The steps that an operator may take back. Once on the way back, every row may be. */
  readonly rollbacks: readonly Step[];
  /** The cluster that may be excluded, and return. */
  readonly excludable?: string;
  /** The cluster that may join or leave. */
  readonly joiner?: string;
}

/** What one leader has heard, by cluster. */
export type Heard = ReadonlyMap<string, ClusterEvidence>;

/** The policy of a world: nothing waits, FINISHED stays. */
export function policyOf({ policy }: Pick<MgmtOptions, 'policy'>, moment: Moment): Policy {
  return {
    ...defaultRotationPolicy,
    silentAfterMs: 1_000,
    finishedHoldMs: Number.MAX_SAFE_INTEGER,
    rootKeyRetentionMs: Number.MAX_SAFE_INTEGER,
    window: { kind: 'open' },
    ...policy,
    ...moment.policy,
  };
}

/** The leaders whose decisions the store takes, as places in `leaders`. */
export function writersOf({ leaders }: MgmtState, rules: Rules): readonly number[] {
  const newest = leaders.at(-1) ?? 0;
  return [...leaders.keys()].filter((leader) => rules.mayWrite(leaders[leader] ?? 0, newest));
}

/** Evidence as mgmt reads it. */
export function readAs(rules: Rules, evidence: ClusterEvidence, record: RotationRecord, cluster: string): ClusterEvidence {
  return rules.read(evidence, assignmentOf(record, cluster) ?? memberAssignmentOf(record, cluster));
}

/** What a leader decides on what it has heard. */
export function decideNow(
  { record, members }: MgmtState,
  heard: Heard,
  moment: Moment,
  { options, rules, authorities }: { options: MgmtOptions; rules: Rules; authorities: Authorities },
): Decision {
  const atMs = moment.nowMs ?? nowMs;
  const evidence = new Map<string, ClusterEvidence>();
  // That clusters are heard at all only counts when one is not; what they say then need not prove anything.
  const alive = moment.silent === undefined ? [] : members.filter((cluster) => isMember(record, cluster));
  for (const cluster of alive) evidence.set(cluster, { ...signOfLife, receivedAtMs: atMs });
  for (const [cluster, each] of heard) {
    evidence.set(cluster, { ...readAs(rules, each, record, cluster), receivedAtMs: atMs });
  }
  const silent = moment.silent === undefined ? undefined : evidence.get(moment.silent);
  if (silent !== undefined) evidence.set(moment.silent ?? '', { ...silent, receivedAtMs: nowMs - 1 });
  const knownRoots = new Set(authorities.map(({ root }) => root.fingerprint));
  const verification = factsAt(record, moment, atMs);
  const snapshot: Snapshot = {
    clusters: members,
    evidence,
    knownRoots,
    heardSinceMs: Number.NEGATIVE_INFINITY,
    links: noLinks,
    verification,
  };
  return rules.decide(record, snapshot, policyOf(options, moment), atMs);
}

/** What automatic verification says of the very moment that a record is in. */
function factsAt(
  { rotation, step, generation }: RotationRecord,
  { verification }: Moment,
  atMs: number,
): VerificationFacts | undefined {
  if (rotation?.verification !== 'automatic') return undefined;
  const finding: VerificationFinding =
    verification === 'failed'
      ? { kind: 'failed', message: 'the traffic is not well', proof: 'p', laggards: [] }
      : { kind: 'passed', message: 'the traffic is well', proof: 'p', sinceMs: atMs, atMs };
  return { rotationId: rotation.id, step, generation, startedAtMs: atMs, finding };
}

/** Whether an operator of the world may take the row in force back. */
export function mayRollBack({ direction, step }: RotationRecord, { rollbacks }: MgmtOptions): boolean {
  return rollbacks.length > 0 && (direction === 'back' || rollbacks.includes(step));
}

/** The budget after one more of these has happened. */
export function spend(left: Budget, cost: keyof Budget): Budget {
  return { ...left, [cost]: left[cost] - 1 };
}

/**
 * A record whose stamps are all of one moment. Whether enough time has passed is chosen anew at each decision, by the
 * moment that mgmt is asked at, so the stamps tell nothing and would only make states differ.
 */
export function still(record: RotationRecord): RotationRecord {
  return JSON.parse(
    JSON.stringify(record, (key, value: unknown) =>
      typeof value === 'number' && key.endsWith('Ms') && !key.startsWith('not') ? nowMs - 1 : value,
    ),
  ) as RotationRecord;
}

/** A moment at which automatic verification has failed. */
export function unverifiedMoment(onFailure: 'hold' | 'rollback'): Moment {
  const automatic = { ...defaultAutomaticPolicy, onFailure };
  return { text: `verification fails (${onFailure}): `, policy: { automatic }, verification: 'failed', costs: 'timeouts' };
}

/** A moment by which a step has taken too long, or a cluster has been silent for too long. */
export function lateMoment(text: string, policy: Partial<Policy>, silent?: string): Moment {
  return { text, policy, nowMs: laterMs, costs: 'timeouts', ...(silent === undefined ? {} : { silent }) };
}
