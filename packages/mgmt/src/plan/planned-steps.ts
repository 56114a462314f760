import type { PlannedChange, PlannedRestarts, PlannedStep, PlannedTime, PlannedWave } from '@reroot/shared/api';
import type { Step } from '@reroot/shared/protocol';
import { isAdopted, isMember, isOverlap, rowAfter, type TrustRow } from '../rotation/index.ts';
import type { ClusterFacts } from './cluster-facts.ts';
import { estimateProof, unboundedReasons } from './estimate.ts';
import type { OutlookFacts } from './outlooks.ts';
import { type Timelines, timeAt } from './planned-time.ts';
import { rowAt } from './row-paths.ts';
import { findBurst, planIntermediates } from './signing.ts';
import type { StepTimes, WaveTimes } from './timeline.ts';
import { groupChanges, heldOf, type WrittenTrust } from './written-changes.ts';

/** Whether a row moves the bytes of the bundle against the row before it. */
export function bundleChanges(record: OutlookFacts['start']['record'], step: Step): boolean {
  if (record.rotation?.strategy === 'NONE' || record.direction === 'back') return true;
  return step !== 'PROPAGATING_NEW_INTERMEDIATE';
}

/** A proxy that is pushed a changed bundle asks for a certificate at once, and again for the nudge. */
export function resignsOf({ nudge }: TrustRow, changes: boolean): number {
  return (changes ? 1 : 0) + (nudge === 'when-loaded' ? 1 : 0);
}

/** The steps of a plan: what is written where, who signs it, who is restarted, and when. @param resigns how often pushed proxies ask for a certificate */
export function describeSteps(
  outlook: OutlookFacts,
  timelines: Timelines,
  resigns: (step: Step) => number,
): readonly PlannedStep[] {
  const because = unboundedOf(outlook, timelines);
  return timelines.likely.steps.map((times, index) =>
    describeStep({ outlook, timelines, times, index, because: because[index] ?? [], resigns }),
  );
}

interface StepFacts {
  readonly outlook: OutlookFacts;
  readonly timelines: Timelines;
  readonly times: StepTimes;
  readonly index: number;
  readonly because: readonly string[];
  readonly resigns: (step: Step) => number;
}

function describeStep({ outlook, timelines, times, index, because, resigns }: StepFacts): PlannedStep {
  const { facts, start } = outlook;
  const { record, policy } = start;
  const { step } = times;
  const row = rowAt(record, step);
  const at = (momentOf: (step: StepTimes) => number): PlannedTime =>
    timeAt(timelines, ({ steps }) => (steps[index] === undefined ? undefined : momentOf(steps[index])), because);
  const changes = changesOf(outlook, timelines, index, row);
  const renewed = new Set(changes.flatMap(({ intermediate, clusters }) => (intermediate === 'new' ? clusters : [])));
  const waves = times.waves.map((wave, place) => describeWave(outlook, timelines, { wave, index, place, because }));
  const perWave = waves.map(({ clusters }) => clusters.filter((cluster) => renewed.has(cluster)).length);
  const last =
    record.direction === 'back' || record.rotation === undefined || rowAfter(record.rotation.strategy, step) === undefined;
  return {
    step,
    progress: index === 0 && start.of === 'rest' && record.wave.index > 0 ? 'under-way' : 'to-come',
    row: { roots: row.roots, signer: row.signer },
    nudge: row.nudge,
    begins: at(({ beginsMs }) => beginsMs),
    proven: at(({ provenMs }) => provenMs),
    ends: at(({ endsMs }) => endsMs),
    changes,
    waves,
    resigns: resigns(step),
    intermediates: planIntermediates(row.signer, perWave, facts),
    restarts: restartsOf(outlook, changes),
    ...answerOf(outlook, index),
    ...(isOverlap(step) && !last && policy.minimumOverlapMs > 0 ? { overlapMs: policy.minimumOverlapMs } : {}),
  };
}

function answerOf({ start: { of, record } }: OutlookFacts, index: number): { readonly answer?: string } {
  const { rotation, state } = record;
  if (rotation?.verification !== 'manual' || (index === 0 && state === 'VERIFIED')) return {};
  const starter = of === 'start' ? 'whoever starts it' : rotation.startedBy;
  return { answer: rotation.approvals === 'another-person' ? `another person than ${starter}` : 'anybody' };
}

function changesOf(
  { facts, start }: OutlookFacts,
  { likely }: Timelines,
  index: number,
  row: TrustRow,
): readonly PlannedChange[] {
  const { record } = start;
  const [before, present] = [likely.steps[index - 1], likely.steps[index]];
  const told = new Set(present?.waves.flatMap(({ clusters }) => clusters));
  const members = facts.snapshot.clusters.filter((cluster) => told.has(cluster));
  const rowOfEach = (step: Step, row: TrustRow) => (cluster: string) =>
    isAdopted(record, cluster) ? rowAt(record, step, cluster) : row;
  const heldBefore =
    before === undefined
      ? (cluster: string): WrittenTrust | undefined => heldOf(facts.snapshot.evidence.get(cluster))
      : rowOfEach(before.step, rowAt(record, before.step));
  return groupChanges(members, rowOfEach(row.step, row), heldBefore);
}

function describeWave(
  { facts, start, estimates }: OutlookFacts,
  timelines: Timelines,
  {
    wave,
    index,
    place,
    because,
  }: { readonly wave: WaveTimes; readonly index: number; readonly place: number; readonly because: readonly string[] },
): PlannedWave {
  const at = (momentOf: (wave: WaveTimes) => number): PlannedTime =>
    timeAt(
      timelines,
      ({ steps }) => {
        const same = steps[index]?.waves[place];
        return same === undefined ? undefined : momentOf(same);
      },
      because,
    );
  let [pushed, renewed] = [0, 0];
  for (const cluster of wave.clusters) {
    const each = estimates.clusters.get(cluster);
    pushed += each?.pushed ?? 0;
    renewed += (each?.renewed ?? 0) + (each?.unread ?? 0);
  }
  const burst = findBurst(wave.clusters, estimates.clusters, facts.spec);
  return {
    index: wave.index,
    kind: wave.kind,
    progress: start.of === 'rest' ? wave.progress : 'to-come',
    clusters: wave.clusters,
    released: at(({ releasedMs }) => releasedMs),
    proven: at(({ provenMs }) => provenMs),
    soakMs: wave.soakMs,
    pushed,
    renewed,
    ...(burst === undefined ? {} : { burst }),
  };
}

/** Only what the row changes is restarted for. */
function restartsOf({ start, estimates }: OutlookFacts, changes: readonly PlannedChange[]): PlannedRestarts {
  const { policy } = start;
  const written = changes.filter(
    ({ added, removed, intermediate }) => added.length + removed.length > 0 || intermediate === 'new',
  );
  const touched = written.flatMap(({ clusters }) => clusters.map((cluster) => estimates.clusters.get(cluster)));
  const why = policy.strategy === 'NONE' && policy.restarts === 'never' ? 'when-refused' : policy.restarts;
  const all = why === 'always' || policy.strategy === 'NONE';
  const sum = (count: (facts: ClusterFacts) => number): number =>
    touched.reduce((total, each) => total + (each === undefined ? 0 : count(each)), 0);
  return {
    replicas: why === 'never' ? 0 : sum((each) => (all ? each.replicas : each.refusing)),
    replicasWhy: why,
    workloads: policy.workloadRestarts === 'never' ? 0 : sum(({ renewed, unread }) => renewed + unread),
    blocked: touched.flatMap((each) => (each?.budgets === 'blocked' ? [each.cluster] : [])),
    unknown: touched.flatMap((each) => (each?.budgets === 'unknown' ? [each.cluster] : [])),
  };
}

/** Why there is no latest moment, of each step: what is waited for without end up to there. */
export function unboundedOf(
  { facts, start, estimates }: OutlookFacts,
  { likely, latest }: Timelines,
): readonly (readonly string[])[] {
  const reasons = new Set<string>(start.awaits === 'approval' ? [unboundedReasons.answer] : []);
  const { record } = start;
  if (!facts.snapshot.clusters.some((cluster) => isMember(record, cluster))) reasons.add(unboundedReasons.nobody);
  return likely.steps.map(({ step, waves }, index) => {
    for (const { clusters } of waves) for (const reason of estimateProof(step, clusters, estimates).because) reasons.add(reason);
    const verified = index === 0 && record.state === 'VERIFIED';
    if (record.rotation?.verification === 'manual' && !verified) reasons.add(unboundedReasons.answer);
    if (latest.stops.length > 0) reasons.add('a cluster is offline');
    if (reasons.size === 0 && facts.spec.maintenanceWindows.length > 0) return [unboundedReasons.window];
    return [...reasons];
  });
}
