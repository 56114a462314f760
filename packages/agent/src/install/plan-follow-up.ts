import { assertNever } from '@reroot/shared/errors';
import { countNudges, nudgeBundle } from '@reroot/shared/pki';
import type { Restart } from './history.ts';
import type { FollowUpFacts, InstallPlan } from './plan.ts';
import { planMark } from './plan-mark.ts';
import { allLoaded, holdsOther, type Proof, type ReplicaProof } from './proof.ts';
import { countRepeatedNudges, enoughNudges } from './repeated-nudges.ts';
import { findRestartsDue } from './restart-due.ts';

/** From the write until the volumes are told to follow a second time. */
const firstRefreshAfterMs = 2_000;

/**
 * Decides what comes after a right Secret. While a replica has not loaded, a nudge would be lost: a proxy told by a
 * fresh replica asks a late one and is signed by the old intermediate once more. So either the replicas are brought to
 * load, or, when all are proven, the proxies are made to ask.
 */
export function planFollowUp(facts: FollowUpFacts): InstallPlan {
  const mark = planMark(facts);
  if (mark !== undefined) return mark;
  const due = findRestartsDue(facts.secret, facts.proof.replicas);
  if (due.length > 0) return planDueRestart(facts, due);
  return allLoaded(facts.proof) ? planNudge(facts) : planRestart(facts);
}

/**
 * Restarts what is due, the next one only when the one before is back and proven: a mesh must never be without istiod.
 * What is not proven comes first, for it is missed least.
 */
function planDueRestart({ proof, history, nowMs, timings }: FollowUpFacts, due: readonly ReplicaProof[]): InstallPlan {
  const { restart } = history;
  const isBack = proof.replicas.every((replica) => due.includes(replica) || replica.state === 'loaded');
  if (!isBack) return { kind: 'none' };
  if (restart !== undefined && isUnderWay(restart, proof.replicas, due)) {
    const againAtMs = restart.atMs + timings.refusedAfterMs;
    if (nowMs < againAtMs) return { kind: 'none', againAtMs };
  }
  const [next] = due.toSorted((a, b) => compareLoaded(a, b) || (a.name < b.name ? -1 : 1));
  return next === undefined ? { kind: 'none' } : { kind: 'restart', replica: next.name };
}

/** Told to restart and still there as it was, or gone and nothing in its place yet. */
function isUnderWay(restart: Restart, replicas: readonly ReplicaProof[], due: readonly ReplicaProof[]): boolean {
  return due.some(({ name }) => name === restart.replica) || replicas.length < restart.replicasBefore;
}

function compareLoaded(a: ReplicaProof, b: ReplicaProof): number {
  return Number(a.state === 'loaded') - Number(b.state === 'loaded');
}

function planNudge({ secret, desired, proof, history, nowMs, timings }: FollowUpFacts): InstallPlan {
  const { generation } = desired;
  const nudge: InstallPlan = { kind: 'nudge', bundle: nudgeBundle(secret.rootCert, generation) };
  const given = countNudges(secret.rootCert, generation);
  if (desired.nudge === 'when-loaded' && given === 0) return nudge;
  const repeated = countRepeatedNudges(secret, desired);
  if (!isReachable(proof, repeated)) return { kind: 'none' };
  // A proxy that never follows must not make all the others ask for ever: each time the wait is twice as long.
  const dueMs = (history.provenSinceMs ?? nowMs) + timings.renudgeAfterMs * 2 ** repeated;
  return nowMs >= dueMs ? nudge : { kind: 'none', againAtMs: dueMs };
}

/** Whether a nudge may help. Where none that would be reached can be read, no number of nudges is ever seen to have helped. */
function isReachable({ workloads }: Proof, repeated: number): boolean {
  switch (workloads) {
    case 'lagging':
      return true;
    case 'unseen':
      return repeated < enoughNudges;
    case 'reached':
    case 'deaf':
    case 'unknown':
      return false;
    default:
      return assertNever(workloads);
  }
}

/**
 * Volumes that have not followed are told to once more, each time after twice as long since the write: what tells them may
 * have failed, or have reached a kubelet that did not know of the new Secret yet.
 */
function planRefresh({ proof, history, nowMs }: FollowUpFacts, refusedAtMs: number): InstallPlan {
  if (!proof.replicas.some(holdsOther)) return { kind: 'none', againAtMs: refusedAtMs };
  const { writtenSinceMs, refreshedAtMs = writtenSinceMs } = history;
  let afterMs = firstRefreshAfterMs;
  while (writtenSinceMs + afterMs <= refreshedAtMs) afterMs *= 2;
  const dueMs = writtenSinceMs + afterMs;
  return nowMs >= dueMs ? { kind: 'refresh' } : { kind: 'none', againAtMs: Math.min(dueMs, refusedAtMs) };
}

/** One restart at a time: the next one only when the last one has helped, or had its time. */
function planRestart(facts: FollowUpFacts): InstallPlan {
  const { desired, proof, history, nowMs, timings } = facts;
  const refusedAtMs = history.writtenSinceMs + timings.refusedAfterMs;
  if (nowMs < refusedAtMs) return planRefresh(facts, refusedAtMs);
  const replica = nextRefusing(proof, history.restart?.replica);
  if (desired.replicaRestart === 'never' || replica === undefined) return { kind: 'none' };
  const { restart } = history;
  const helped = restart === undefined || proof.replicas.filter(({ state }) => state === 'loaded').length > restart.loadedBefore;
  const nextAtMs = helped ? nowMs : restart.atMs + timings.refusedAfterMs;
  return nowMs >= nextAtMs ? { kind: 'restart', replica } : { kind: 'none', againAtMs: nextAtMs };
}

/** Round and round by name, so that one which no restart helps does not keep the others waiting for ever. */
function nextRefusing({ replicas }: Proof, last = ''): string | undefined {
  const names = replicas.filter(holdsOther).map(({ name }) => name);
  return names.toSorted().find((name) => name > last) ?? names[0];
}

/** Names of the replicas that had time enough to load the Secret and hold something else. */
export function findRefusing({ proof, history, nowMs, timings }: FollowUpFacts): string[] {
  if (nowMs < history.writtenSinceMs + timings.refusedAfterMs) return [];
  return proof.replicas.filter(holdsOther).map(({ name }) => name);
}

/** Name of the replica that was told to restart, had time enough, and still runs as it did. */
export function findNotRestarted({ secret, proof, history, nowMs, timings }: FollowUpFacts): string[] {
  const { restart } = history;
  if (restart === undefined || nowMs < restart.atMs + timings.refusedAfterMs) return [];
  const due = findRestartsDue(secret, proof.replicas).map(({ name }) => name);
  return due.filter((name) => name === restart.replica);
}
