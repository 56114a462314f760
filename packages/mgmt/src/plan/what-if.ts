import type { BrokenPairs, WhatIf } from '@reroot/shared/api';
import { entryOf, isMember, isSilent, quarantineOf, type RotationRecord } from '../rotation/index.ts';
import type { Absence } from './absence.ts';
import { findBreaks } from './broken-pairs.ts';
import { estimateProof } from './estimate.ts';
import type { OutlookFacts } from './outlooks.ts';
import type { PlanAsk } from './plan-facts.ts';
import { momentText } from './planned-time.ts';
import { groupMembers, pathOfAbsent, pathOfMember } from './row-paths.ts';
import type { Stop, Timeline } from './timeline.ts';
import { heldOf, type WrittenTrust } from './written-changes.ts';

const never = Number.POSITIVE_INFINITY;

/** How the clusters that are asked about bear on the gates; undefined where all of them are reachable, or count for nothing. */
export function absenceOf(
  { facts, start }: OutlookFacts,
  { offline, untilMs = never }: Pick<PlanAsk, 'offline' | 'untilMs'>,
): Absence | undefined {
  const { record, policy, startMs } = start;
  const members = facts.snapshot.clusters.filter((cluster) => isMember(record, cluster));
  const clusters = new Set(offline.filter((cluster) => isMember(record, cluster)));
  if (clusters.size === 0) return undefined;
  const { silentClusters, silentAfterMs } = policy;
  // When half of the members or more are not heard, nobody is excluded: it is rather the bus that is away.
  const excludes = silentClusters.kind === 'exclude' && (members.length - clusters.size) * 2 > members.length;
  // One that is silent already has been away since its last report.
  const { evidence } = facts.snapshot;
  const awaySinceMs = (cluster: string): number =>
    isSilent(evidence.get(cluster), policy, facts.nowMs)
      ? (evidence.get(cluster)?.receivedAtMs ?? Math.min(facts.snapshot.heardSinceMs, startMs - silentAfterMs - 1))
      : startMs;
  const leftAtMs = (cluster: string): number => {
    const afterMs = isNamed(record, cluster) ? 0 : excludes ? silentClusters.afterMs : never;
    return Math.max(startMs, awaySinceMs(cluster) + Math.max(afterMs, silentAfterMs + 1));
  };
  const names = [...clusters];
  const excludedAtMs = Math.max(...names.map(leftAtMs));
  const fromMs = Math.min(...names.map(awaySinceMs));
  return { clusters, fromMs, untilMs, excludedAtMs: excludedAtMs < untilMs ? excludedAtMs : never };
}

/**
 * The same, and with it members that are silent and not asked about: nobody knows when they come back, so what waits for them has
 * no likely time.
 */
export function likelyAbsence(outlook: OutlookFacts, ask: Pick<PlanAsk, 'offline' | 'untilMs'>): Absence | undefined {
  const { clusters } = outlook.estimates;
  const silent = [...clusters.values()].flatMap(({ cluster, presence }) => (presence === 'reporting' ? [] : [cluster]));
  const unasked = silent.filter((cluster) => isMember(outlook.start.record, cluster) && !ask.offline.includes(cluster));
  return absenceOf(outlook, unasked.length === 0 ? ask : { offline: [...ask.offline, ...unasked] });
}

/** Whether a rotation in an emergency leaves a cluster out as soon as it is silent. */
function isNamed({ rotation }: RotationRecord, cluster: string): boolean {
  return rotation?.emergency?.excludeSilent.includes(cluster) === true;
}

/**
 * Pairs that break when everything takes its likely time: those of clusters that are excluded, or will be, and of those that are
 * quarantined. A member is never two rows from another, whatever happens: the rotation waits.
 */
export function findAllBreaks(
  outlook: OutlookFacts,
  timeline: Timeline,
  ask: PlanAsk,
  absence?: Absence,
): readonly BrokenPairs[] {
  const { facts, start, estimates } = outlook;
  const { record, startMs } = start;
  const { clusters, evidence } = facts.snapshot;
  const left = clusters.filter(
    (cluster) =>
      entryOf(record.deviations, cluster)?.kind === 'excluded' ||
      quarantineOf(record, cluster, facts.snapshot) !== undefined ||
      (absence?.clusters.has(cluster) === true && absence.excludedAtMs < never),
  );
  if (left.length === 0) return [];
  const staying = clusters.filter((cluster) => !left.includes(cluster));
  const peers = groupMembers(record, timeline, staying).map((group) => ({
    clusters: group,
    path: pathOfMember(record, timeline, group[0] ?? '', startMs),
  }));
  const hopMs = (cluster: string) => (step: Parameters<typeof estimateProof>[0]) =>
    estimateProof(step, [cluster], estimates).likelyMs;
  return left.flatMap((cluster) => {
    const own = pathOfMember(record, timeline, cluster, startMs);
    const told = entryOf(record.deviations, cluster)?.told?.row ?? own[0]?.trust;
    const held = heldOf(evidence.get(cluster));
    const trust = held?.signer === undefined ? foreignOr(told, held, quarantineOf(record, cluster, facts.snapshot)) : held;
    if (trust?.signer === undefined) return [];
    // One that an operator has excluded comes back when somebody includes it, and nobody knows when; nor of one that is silent.
    const returns = absence?.clusters.has(cluster) === true && ask.offline.includes(cluster) && !isNamed(record, cluster);
    const comesBack = returns ? (ask.untilMs ?? never) : never;
    const path = pathOfAbsent({ roots: trust.roots, signer: trust.signer }, own, startMs, {
      atMs: comesBack,
      hopMs: hopMs(cluster),
    });
    return peers.flatMap((group) => findBreaks(cluster, path, group));
  });
}

/** A quarantined cluster with a signer that no report names is signed for by nobody of the mesh; others hold what they were told. */
function foreignOr(
  told: WrittenTrust | undefined,
  held: WrittenTrust | undefined,
  quarantined: string | undefined,
): WrittenTrust | undefined {
  return quarantined === undefined || held === undefined
    ? told
    : { roots: [...held.roots, foreignSigner], signer: foreignSigner };
}

/** In the place of the fingerprint of a root that nobody else can trust. */
const foreignSigner = 'foreign';

/** What becomes of the rotation while those clusters are offline, as it is likely to go. */
export function describeWhatIf(
  outlook: OutlookFacts,
  {
    timeline,
    otherwise,
    breaks,
  }: { readonly timeline: Timeline; readonly otherwise: Timeline; readonly breaks: readonly BrokenPairs[] },
  ask: PlanAsk,
  absence: Absence | undefined,
): WhatIf {
  const { startMs } = outlook.start;
  const [stop] = timeline.stops;
  const { excludedAtMs = never } = absence ?? {};
  const left = ask.offline.filter((cluster) => !isMember(outlook.start.record, cluster));
  const outcome = excludedAtMs < never || left.length > 0 ? 'leaves-behind' : stop === undefined ? 'unaffected' : 'stops';
  return {
    offline: ask.offline,
    from: new Date(startMs).toISOString(),
    ...optional('until', momentText(ask.untilMs)),
    outcome,
    message: messageOf(outcome, ask, stop, breaks),
    ...(stop === undefined ? {} : { stops: describeStop(timeline.stops) }),
    ...optional('excludedAt', momentText(excludedAtMs)),
    ...optional('ends', momentText(timeline.endsMs)),
    ...optional('endsOtherwise', momentText(otherwise.endsMs)),
    consequences: [...consequencesOf(outlook, timeline, ask, absence)],
  };
}

function describeStop(stops: readonly Stop[]): NonNullable<WhatIf['stops']> {
  const [first] = stops;
  const last = stops.at(-1);
  return {
    ...{ step: first?.step ?? 'PREVIOUS_CA', wave: first?.wave ?? 0, at: new Date(first?.atMs ?? 0).toISOString() },
    // Several gates in a row may wait for the same return.
    ...optional('until', momentText(last?.atMs === first?.atMs ? last?.untilMs : first?.untilMs)),
  };
}

function messageOf(outcome: WhatIf['outcome'], ask: PlanAsk, stop: Stop | undefined, breaks: readonly BrokenPairs[]): string {
  const who = ask.offline.length === 1 ? (ask.offline[0] ?? '') : `these ${ask.offline.length} clusters`;
  switch (outcome) {
    case 'unaffected':
      return `the rotation is over, or ${who} is back, before anything waits for it`;
    case 'stops': {
      const where =
        stop === undefined || stop.wave === 0
          ? `before the first wave of ${stop?.step ?? '?'}`
          : `at wave ${stop.wave} of ${stop.step}`;
      return `the rotation stands still ${where}, and no pair breaks`;
    }
    case 'leaves-behind': {
      const [first] = breaks;
      if (first === undefined) return `the rotation goes on without ${who}, and no pair breaks`;
      return `the rotation goes on without ${who}; pairs break from the start of ${first.step} on`;
    }
  }
}

function* consequencesOf(
  { facts, start, estimates }: OutlookFacts,
  timeline: Timeline,
  { offline, untilMs = never, exclude }: PlanAsk,
  absence: Absence | undefined,
): Generator<string> {
  const { policy, startMs, record } = start;
  const { silentClusters, stepTimeout } = policy;
  if (silentClusters.kind === 'exclude' && absence !== undefined && absence.excludedAtMs === never) {
    const most = absence.clusters.size * 2 >= facts.snapshot.clusters.filter((cluster) => isMember(record, cluster)).length;
    if (most) yield 'half of the members or more are offline: nobody is excluded by itself, for it may be the bus that is away';
  }
  for (const cluster of offline) {
    const endMs = facts.snapshot.evidence.get(cluster)?.written?.signerNotAfterMs;
    if (endMs !== undefined && endMs < untilMs) {
      yield `the intermediate of ${cluster} ends at ${new Date(endMs).toISOString()}, while its agent cannot have it renewed: from then on its istiods issue no leaf, and leaves that stand last a day at the most`;
    }
  }
  const rootEnd = record.roots.find(({ fingerprint }) => fingerprint === record.rotation?.old)?.notAfterMs ?? never;
  if (rootEnd < untilMs)
    yield `the old root, which they hold, ends at ${new Date(rootEnd).toISOString()}: from then on nothing that it signed is valid`;
  const { afterMs } = stepTimeout;
  const [stop] = timeline.stops;
  const told = timeline.steps.find(({ step }) => step === stop?.step)?.waves.find(({ index }) => index === stop?.wave);
  if (
    afterMs !== undefined &&
    stop !== undefined &&
    told !== undefined &&
    told.clusters.some((cluster) => absence?.clusters.has(cluster))
  ) {
    const lateMs = told.releasedMs + afterMs;
    if (lateMs < stop.untilMs) {
      const then = policy.stepTimeout.then === 'hold' ? 'the rotation fails there' : 'the step is taken back';
      yield `wave ${told.index} of ${stop.step} runs into the step timeout at ${new Date(Math.max(lateMs, startMs)).toISOString()}: ${then}`;
    }
  }
  const left = absence !== undefined && absence.excludedAtMs < never ? [...absence.clusters] : [];
  const named = left.filter((cluster) => isNamed(record, cluster));
  for (const cluster of [...exclude, ...named])
    yield `${cluster} comes back when it is reachable and somebody types: reroot include ${cluster}`;
  if (left.length > named.length && untilMs < never) {
    const hop = Math.max(...left.map((cluster) => estimateProof(record.step, [cluster], estimates).likelyMs));
    yield `those that were excluded for their silence return by themselves, one compatible row after the other, about ${Math.round(hop / 1_000)} s each`;
  }
}

function optional<K extends string>(key: K, text: string | undefined): { readonly [key in K]?: string } {
  return (text === undefined ? {} : { [key]: text }) as { readonly [key in K]?: string };
}
