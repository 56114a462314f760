/** Rotations for tests: started, answered, and run for as long as every cluster holds at once what it is told. */
import type { VerificationAnswer } from '@reroot/shared/api';
import type { Step } from '@reroot/shared/protocol';
import type { Act } from '../act.ts';
import { type Decision, decide } from '../decide.ts';
import { entryOf } from '../entry-of.ts';
import type { ClusterEvidence, Snapshot } from '../evidence.ts';
import { evidenceOf, rootA, rootB, samplePolicy, snapshotOf } from '../evidence-sample.ts';
import { type NewRoot, newRecord } from '../new-record.ts';
import { answerVerification, requestStart, type StartPolicy } from '../operator.ts';
import type { Policy } from '../policy.ts';
import type { RotationCondition, RotationRecord } from '../record.ts';
import { rowOf, type TrustRow } from '../row.ts';
import type { VerificationFacts } from '../verification-facts.ts';

export const nowMs = 2_000;
export const rest = newRecord('demo', rootA, 0);

/** What a look at a mesh depends on, where it is not the usual. */
export interface Looking {
  readonly policy?: Partial<Policy>;
  readonly clusters?: readonly string[];
  readonly atMs?: number;
  /** How single clusters differ from holding what they are told; undefined for one that never reported. */
  readonly except?: Readonly<Record<string, Partial<ClusterEvidence> | undefined>>;
  readonly verification?: VerificationFacts;
  /** When mgmt was started; long ago when left out. */
  readonly heardSinceMs?: number;
}

/** Starts a rotation from A to B. */
export function start(policy: Partial<StartPolicy> = {}, from = rest, target: NewRoot = rootB, id = 'r1'): RotationRecord {
  return requestStart(from, { rotationId: id, target, by: 'ann' }, { ...samplePolicy, ...policy }, nowMs).record;
}

/** A mesh whose clusters have all just reported, and hold what they are told but for the exceptions. */
export function heard(record: RotationRecord, looking: Looking = {}): Snapshot {
  const { clusters, atMs = nowMs, except = {}, verification, heardSinceMs = -86_400_000 } = looking;
  const names = clusters ?? ['east', 'west'];
  const evidence = names.map((name): [string, ClusterEvidence | undefined] => {
    const changes = entryOf(except, name);
    return [
      name,
      Object.hasOwn(except, name) && changes === undefined
        ? undefined
        : evidenceOf(record, { receivedAtMs: atMs, ...changes }, name),
    ];
  });
  return { ...snapshotOf(record, Object.fromEntries(evidence), names), verification, heardSinceMs };
}

/** Decides once. */
export function look(record: RotationRecord, looking: Looking = {}): Decision {
  const { policy, atMs = nowMs } = looking;
  return decide(record, heard(record, looking), { ...samplePolicy, ...policy }, atMs);
}

/** The record after a decision that must be a transition. */
export function taken(decision: Decision): RotationRecord {
  if (decision.kind !== 'transition') throw new Error(`no transition, but: ${decision.verdict.message}`);
  return decision.transition.record;
}

/** Decides for as long as there are transitions, and gives back each move with where it led to. */
export function run(
  record: RotationRecord,
  looking: Looking = {},
): {
  readonly path: string[];
  readonly conditions: RotationCondition[];
  readonly record: RotationRecord;
  readonly last: Decision;
} {
  const path: string[] = [];
  const conditions: RotationCondition[] = [];
  for (let current = record; ; ) {
    const last = look(current, looking);
    if (last.kind !== 'transition') return { path, conditions, record: current, last };
    if (path.length > 500) throw new Error(`no end in sight: ${path.slice(-3).join(', ')}`);
    current = last.transition.record;
    conditions.push(last.transition.condition);
    path.push(`${moveOf(last.transition.condition.act)} → ${current.state} [${holds(rowOf(current))}]`);
  }
}

/** Decides until a step is in force. */
export function goTo(step: Step, from = start()): RotationRecord {
  let record = from;
  for (let looks = 0; record.step !== step; looks += 1) {
    if (looks > 100) throw new Error(`${step} is never in force`);
    record = taken(look(record));
  }
  return record;
}

/** Answers for the present moment. */
export function answer(
  record: RotationRecord,
  action: VerificationAnswer['action'],
  changes: Partial<VerificationAnswer> = {},
  atMs = nowMs,
): RotationRecord {
  const { rotation, step, generation } = record;
  const full = { rotationId: rotation?.id ?? 'none', step, generation, action, by: 'bob', why: 'looked at it', ...changes };
  return answerVerification(record, full, atMs).record;
}

/** A row as people write it: `A+B|A`. */
export function holds({ roots, signer }: Pick<TrustRow, 'roots' | 'signer'>): string {
  const name = (fingerprint: string): string => fingerprint.slice(0, 1).toUpperCase();
  return `${roots.map(name).join('+')}|${name(signer)}`;
}

function moveOf(act: Act | undefined): string {
  return act?.move ?? '-';
}
