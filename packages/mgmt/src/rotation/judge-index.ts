import { isMember } from './assignment.ts';
import type { ClusterEvidence, Snapshot } from './evidence.ts';
import type { Findings } from './findings.ts';
import { isUnchanged } from './is-unchanged.ts';
import { findLaggards, findLost, type Judgement, type JudgePolicy, judgeTrust, passedText } from './judge.ts';
import { faceOf } from './matrix/face.ts';
import type { Looking } from './matrix/find-losses.ts';
import type { Look } from './matrix/live-places.ts';
import { lookAt } from './matrix/look-at.ts';
import { type CellCounts, createTrustClasses } from './matrix/trust-classes.ts';
import type { RotationRecord } from './record.ts';
import { isSilent, isUnheard, silenceOf } from './silence.ts';
import { composeVerdict, laggardReasons, reasonIndex } from './verdict.ts';
import { isReleased } from './wave.ts';

/**
 * Gives the same judgement as `judgeMesh`, and measures only the clusters that were heard since the last time. For
 * thousands of clusters that report one after the other this is the difference between a glance and a day's work.
 */
export interface JudgeIndex {
  /** Notes that the evidence of a cluster is another. */
  heard(cluster: string): void;
  /** @param snapshot its evidence may be the same map as before, changed where `heard` was told; its links may change freely */
  judge(record: RotationRecord, snapshot: Snapshot, policy: JudgePolicy, nowMs: number): Judgement;
  /** How many cells of the members' trust matrix are of each state, whether or not it is asked as a gate. */
  countCells(record: RotationRecord, snapshot: Snapshot, policy: JudgePolicy, nowMs: number): CellCounts;
}

/** Starts with nothing known. */
export function createJudgeIndex(): JudgeIndex {
  const dirty = new Set<string>();
  let table: Table | undefined;
  const tableFor = (...[record, snapshot, policy, nowMs]: Parameters<JudgeIndex['judge']>): Table => {
    if (table === undefined || !isFor(table, record, snapshot, policy, nowMs)) {
      table = buildTable(record, snapshot, policy, nowMs);
    } else {
      for (const cluster of dirty) table.update(cluster, nowMs);
    }
    dirty.clear();
    return table;
  };
  return {
    heard: (cluster) => {
      dirty.add(cluster);
    },
    judge: (...facts) => tableFor(...facts).judgement(facts[3]),
    countCells: (...facts) => tableFor(...facts).countCells(facts[3]),
  };
}

/** What every member was found to lag behind with, for one record, one list of clusters and one policy. */
interface Table {
  readonly record: RotationRecord;
  readonly snapshot: Snapshot;
  readonly policy: JudgePolicy;
  lookedAtMs: number;
  update(cluster: string, nowMs: number): void;
  judgement(nowMs: number): Judgement;
  countCells(nowMs: number): CellCounts;
}

function isFor(
  { record, snapshot, policy, lookedAtMs }: Table,
  ...[nextRecord, next, nextPolicy, nowMs]: Parameters<JudgeIndex['judge']>
): boolean {
  return (
    record === nextRecord &&
    snapshot.clusters === next.clusters &&
    snapshot.evidence === next.evidence &&
    snapshot.heardSinceMs === next.heardSinceMs &&
    snapshot.steadySinceMs === next.steadySinceMs &&
    snapshot.links === next.links &&
    policy.requiredEvidence === nextPolicy.requiredEvidence &&
    policy.workloadRestarts === nextPolicy.workloadRestarts &&
    policy.silentAfterMs === nextPolicy.silentAfterMs &&
    policy.silentClusters === nextPolicy.silentClusters &&
    // A clock that was set back could make the silent speak.
    nowMs >= lookedAtMs
  );
}

function buildTable(record: RotationRecord, snapshot: Snapshot, policy: JudgePolicy, startMs: number): Table {
  const members = snapshot.clusters.filter((cluster) => isMember(record, cluster));
  const position = new Map(members.map((cluster, index) => [cluster, index]));
  const ahead = members.map((cluster) => !isReleased(record, cluster));
  const found: (Findings | undefined)[] = members.map(() => undefined);
  /** What `found` was measured by. */
  const measured: (ClusterEvidence | undefined)[] = members.map(() => undefined);
  const perReason = laggardReasons.map(() => 0);
  /** Members that count as heard, the one that was heard longest ago first. */
  let heard = new Map<string, number>();
  let lastHeardAtMs = 0;
  let order: 'by-moment' | 'unsettled' = 'by-moment';
  const unheard = new Set<number>();
  let laggingAhead = 0;
  let lagging = 0;

  const lookOf = (cluster: string): Look => lookAt(cluster, snapshot, policy, table.lookedAtMs);
  const classes = createTrustClasses();
  /** Members whose face may be another than the one that is classified. All that comes before anybody asks is one look. */
  const unclassified = new Set(members);
  const compare = (): Looking => {
    for (const cluster of unclassified) classes.put(cluster, faceOf(lookOf(cluster)));
    unclassified.clear();
    return { members, lookOf, classes };
  };

  const put = (index: number, findings: Findings | undefined): void => {
    for (const [change, counted] of [
      [-1, found[index]],
      [1, findings],
    ] as const) {
      if (counted === undefined) continue;
      const reason = reasonIndex(counted.reason);
      perReason[reason] = (perReason[reason] ?? 0) + change * counted.count;
      lagging += change;
      if (ahead[index] === true) laggingAhead += change;
    }
    found[index] = findings;
    if (findings !== undefined && isUnheard(snapshot.evidence.get(members[index] ?? ''))) unheard.add(index);
    else unheard.delete(index);
  };
  const silence = (cluster: string): Findings => silenceOf(cluster, snapshot, policy.silentAfterMs, () => table.lookedAtMs);
  const update = (cluster: string, nowMs: number): void => {
    const index = position.get(cluster);
    if (index === undefined) return;
    const evidence = snapshot.evidence.get(cluster);
    // Of one that was silent meanwhile another thing is known now, whatever it says.
    const isKnown = heard.delete(cluster) && evidence !== undefined && isUnchanged(measured[index], evidence);
    measured[index] = evidence;
    if (evidence === undefined || isSilent(evidence, policy, nowMs)) {
      unclassified.add(cluster);
      put(index, silence(cluster));
      return;
    }
    heard.set(cluster, evidence.receivedAtMs);
    // The clock was set back: the newest report is not the last one by its moment. Sorting waits for the look, for thousands may be
    // noted before it.
    if (evidence.receivedAtMs < lastHeardAtMs) order = 'unsettled';
    lastHeardAtMs = Math.max(lastHeardAtMs, evidence.receivedAtMs);
    if (isKnown) return;
    unclassified.add(cluster);
    put(index, findLaggards(record, cluster, snapshot, policy, nowMs));
  };
  const sortHeard = (): void => {
    heard = new Map([...heard].toSorted(([, a], [, b]) => a - b));
    lastHeardAtMs = [...heard.values()].at(-1) ?? 0;
    order = 'by-moment';
  };
  const noteSilence = (nowMs: number): void => {
    if (order === 'unsettled') sortHeard();
    for (const [cluster, heardAtMs] of heard) {
      if (nowMs - heardAtMs <= policy.silentAfterMs) return;
      heard.delete(cluster);
      unclassified.add(cluster);
      put(position.get(cluster) ?? -1, silence(cluster));
    }
  };

  const lookAgain = (nowMs: number): void => {
    table.lookedAtMs = nowMs;
    noteSilence(nowMs);
  };

  const receivedAtMs = (cluster: string): number => snapshot.evidence.get(cluster)?.receivedAtMs ?? 0;
  for (const cluster of members.toSorted((a, b) => receivedAtMs(a) - receivedAtMs(b))) update(cluster, startMs);
  const table: Table = {
    record,
    snapshot,
    policy,
    lookedAtMs: startMs,
    update,
    countCells: (nowMs) => {
      lookAgain(nowMs);
      return compare().classes.counts();
    },
    judgement: (nowMs) => {
      lookAgain(nowMs);
      return {
        ...judgeTrust(record, composeVerdict(found, perReason, passedText(record)), compare),
        laggingAhead,
        laggingTold: lagging - laggingAhead,
        unheard: unheard.size,
        members: members.length,
        lost: heard.size === members.length ? [] : findLost(members, snapshot, policy, nowMs),
      };
    },
  };
  return table;
}
