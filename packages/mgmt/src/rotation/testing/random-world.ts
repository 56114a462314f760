/** A mesh to which anything may happen in any order: for properties that must hold wherever a record can get to. */
import { assertNever, RerootError } from '@reroot/shared/errors';
import { requestAdoption } from '../adoption.ts';
import { assignmentOf, isMember, memberAssignmentOf } from '../assignment.ts';
import { changeMembers, excludeCluster, includeCluster } from '../cluster-act.ts';
import { type Decision, decide } from '../decide.ts';
import { emergencyPolicyOf } from '../emergency/effective-policy.ts';
import { entryOf } from '../entry-of.ts';
import type { ClusterEvidence, Holding, Snapshot } from '../evidence.ts';
import { evidenceFor } from '../evidence-sample.ts';
import { noLinks } from '../link.ts';
import { newRecord } from '../new-record.ts';
import { answerVerification, requestAbort, requestStart } from '../operator.ts';
import type { Policy } from '../policy.ts';
import type { Origin, RotationCondition, RotationRecord, Transition } from '../record.ts';
import type { VerificationFacts } from '../verification-facts.ts';
import { type ClusterEvent, type Event, foreignRoots, names, roots, type Shown } from './random-events.ts';

export interface World {
  record: RotationRecord;
  clusters: readonly string[];
  readonly evidence: Map<string, ClusterEvidence>;
  /** What automatic verification has found last. */
  verification: VerificationFacts | undefined;
  nowMs: number;
  policy: Policy;
  /** Every entry of the history that changed the record. */
  readonly journal: RotationCondition[];
  starts: number;
}

/** Three clusters that rest on root A. */
export function newWorld(policy: Policy): World {
  return {
    record: firstRecord(),
    clusters: names.slice(0, 3),
    evidence: new Map(),
    verification: undefined,
    nowMs: 10_000,
    policy,
    journal: [],
    starts: 0,
  };
}

/** The record that every world begins with. */
export function firstRecord(): RotationRecord {
  return newRecord('random', roots[0]!, 0);
}

/** Lets an event happen; one that is refused changes nothing. `onChange` hears of each transition. */
export function happen(
  world: World,
  event: Event,
  onChange: (before: RotationRecord, transition: Transition) => void = () => {},
): void {
  const change = (transition: Transition): void => {
    const before = world.record;
    world.record = transition.record;
    world.journal.push(transition.condition);
    onChange(before, transition);
  };
  try {
    carryOut(world, event, change);
  } catch (error) {
    if (!(error instanceof RerootError) || error.code === 'RR_INTERNAL') throw error;
  }
}

export function snapshotOf({ clusters, evidence, verification, record }: World): Snapshot {
  const knownRoots = new Set([...roots, ...record.roots].map(({ fingerprint }) => fingerprint));
  return { clusters, evidence: new Map(evidence), knownRoots, heardSinceMs: 0, links: noLinks, verification };
}

export function decideIn(world: World): Decision {
  return decide(world.record, snapshotOf(world), world.policy, world.nowMs);
}

/** What a cluster reports that holds what it is told. One that is told nothing holds what it held, or nothing yet. */
export function holdTold({ record, evidence, nowMs }: World, name: string): ClusterEvidence {
  const told = assignmentOf(record, name);
  if (told !== undefined) return { ...evidenceFor(told), receivedAtMs: nowMs };
  const last = evidence.get(name) ?? unadopted(name) ?? bare(evidenceFor(memberAssignmentOf(record, name)));
  return { ...last, receivedAtMs: nowMs };
}

/** A cluster from elsewhere holds its own root, and has never heard of this mesh. */
function unadopted(name: string): ClusterEvidence | undefined {
  const root = foreignRoots[name]?.fingerprint;
  if (root === undefined) return undefined;
  return evidenceFor({ row: { step: 'PREVIOUS_CA', roots: [root], signer: root, nudge: 'laggards' }, generation: 0 });
}

function bare(evidence: ClusterEvidence): ClusterEvidence {
  return { ...evidence, written: undefined, replicas: [], appliedGeneration: 0 };
}

function carryOut(world: World, event: Event, change: (transition: Transition) => void): void {
  const { record, nowMs } = world;
  switch (event.kind) {
    case 'report':
      report(world, names[event.cluster]!, event.shows);
      return;
    case 'proceed':
      proceed(world, event.times, change);
      return;
    case 'window':
      world.policy = {
        ...world.policy,
        window: event.is === 'open' ? { kind: 'open' } : { kind: 'closed', opensAtMs: undefined },
      };
      return;
    case 'time passes':
      world.nowMs += event.ms;
      return;
    case 'decide':
      decideTimes(world, event.times, change);
      return;
    case 'start': {
      world.starts += 1;
      const request = { rotationId: `r${world.starts}`, target: roots[event.target]!, by: 'ann' };
      const { strategy, verification } = event;
      if (event.pace === 'emergency') {
        const emergency = { reason: 'the key is out', excludeSilent: ['b', 'c'], losses: [] };
        change(requestStart(record, { ...request, emergency }, emergencyPolicyOf(world.policy, event), nowMs));
        return;
      }
      // What a start refuses to combine is combined all the same: the properties hold there too.
      const approvals = verification !== 'manual' ? ({ by: 'anybody', expireAfterMs: 20_000 } as const) : world.policy.approvals;
      const policy = { ...world.policy, strategy, verification, approvals, minimumOverlapMs: 86_400_000 };
      change(requestStart(record, request, policy, nowMs));
      return;
    }
    case 'answer': {
      const { rotation, step, generation } = record;
      const { action } = event;
      change(
        answerVerification(record, { rotationId: rotation?.id ?? '', step, generation, action, by: 'bob', why: 'so' }, nowMs),
      );
      return;
    }
    case 'find':
      world.verification = factsOf(world, event);
      return;
    case 'abort':
      change(requestAbort(record, { rotationId: record.rotation?.id ?? '', by: 'ann', why: 'so' }, nowMs));
      return;
    case 'adopt':
      adopt(world, change);
      return;
    case 'exclude':
    case 'include':
    case 'join':
    case 'leave':
    case 'rebuild':
      changeOne(world, event.kind, event.cluster, change);
      return;
    default:
      return assertNever(event);
  }
}

function factsOf(
  { record, nowMs }: World,
  { finding, of }: Pick<Extract<Event, { kind: 'find' }>, 'finding' | 'of'>,
): VerificationFacts {
  const { rotation, step, generation, enteredAtMs, wave } = record;
  const sinceMs = Math.max(enteredAtMs, wave.provenAtMs ?? 0, nowMs - 10_000);
  const laggards = [{ cluster: names[0], reason: 'HandshakeRefused', message: 'it refuses' }];
  return {
    rotationId: rotation?.id ?? '',
    step,
    generation: of === 'now' ? generation : generation - 1,
    startedAtMs: enteredAtMs,
    finding:
      finding === 'passed'
        ? { kind: finding, message: finding, proof: 'p', sinceMs, atMs: sinceMs + 10_000 }
        : { kind: finding, message: finding, proof: 'p', laggards },
  };
}

function adopt({ record, clusters, evidence, policy, nowMs, starts }: World, change: (transition: Transition) => void): void {
  const aside = clusters.filter((name) => {
    const deviation = entryOf(record.deviations, name);
    return deviation?.kind === 'returning' && deviation.told === undefined && name in foreignRoots;
  });
  const origins = aside.flatMap((name): [string, Origin][] => {
    const written = evidence.get(name)?.written;
    const signer = written?.signerRoot;
    const own = Object.values(foreignRoots).some(({ fingerprint }) => fingerprint === signer);
    return written === undefined || signer === undefined || !own ? [] : [[name, { roots: written.roots, signer }]];
  });
  const request = {
    rotationId: `adopt${starts}.${nowMs}`,
    origins: Object.fromEntries(origins),
    roots: Object.values(foreignRoots).map((root) => ({ ...root, source: 'foreign' as const })),
    above: Math.max(0, ...aside.map((name) => evidence.get(name)?.appliedGeneration ?? 0)),
    by: 'ann',
  };
  change(requestAdoption(record, request, { ...policy, minimumOverlapMs: 86_400_000 }, nowMs));
}

function changeOne(world: World, kind: ClusterEvent['kind'], pick: number, change: (transition: Transition) => void): void {
  const { record, clusters, nowMs } = world;
  const fitting = names.filter((name) => fits(world, kind, name));
  const name = fitting[pick % fitting.length];
  if (name === undefined) return;
  const by = { by: 'ann', why: 'so' };
  if (kind === 'exclude') {
    change(excludeCluster(record, name, { ...by, cause: 'operator', members: clusters }, nowMs));
    return;
  }
  if (kind === 'include') {
    change(includeCluster(record, name, by, nowMs));
    return;
  }
  if (kind !== 'join' && !clusters.some((other) => other !== name && isMember(record, other))) return;
  world.clusters = kind === 'leave' ? clusters.filter((other) => other !== name) : [...new Set([...clusters, name])];
  if (kind !== 'join') world.evidence.delete(name);
  const removed = kind === 'join' ? [] : [name];
  const added = kind === 'leave' ? [] : [name];
  change(changeMembers(record, { added, removed }, kind, nowMs));
}

function fits({ record, clusters }: World, kind: ClusterEvent['kind'], name: string): boolean {
  if (kind === 'include') return entryOf(record.deviations, name)?.kind === 'excluded';
  return clusters.includes(name) === (kind !== 'join');
}

function proceed(world: World, times: number, change: (transition: Transition) => void): void {
  for (let count = 0; count < times; count += 1) {
    // Only what was heard later than a cluster began to return says how it stands.
    world.nowMs += 1;
    for (const name of world.clusters) report(world, name, 'what it is told');
    world.verification = factsOf(world, { finding: 'passed', of: 'now' });
    decideTimes(world, 1, change);
  }
}

function decideTimes(world: World, times: number, change: (transition: Transition) => void): void {
  for (let count = 0; count < times; count += 1) {
    const decision = decideIn(world);
    if (decision.kind !== 'transition') return;
    change(decision.transition);
  }
}

function report(world: World, name: string, shows: Shown): void {
  if (!world.clusters.includes(name)) return;
  const told = holdTold(world, name);
  const receivedAtMs = world.nowMs;
  const old = evidenceFor({
    row: { step: 'PREVIOUS_CA', roots: [roots[0]!.fingerprint], signer: roots[0]!.fingerprint, nudge: 'laggards' },
    generation: told.appliedGeneration,
  });
  world.evidence.set(name, { ...shownAs(shows, told, old, world.evidence.get(name)), receivedAtMs });
}

function shownAs(shows: Shown, told: ClusterEvidence, old: ClusterEvidence, last = told): ClusterEvidence {
  switch (shows) {
    case 'what it is told':
      return told;
    case 'a late replica':
      return { ...told, replicas: [...told.replicas.slice(1), ...old.replicas.slice(0, 1)] };
    case 'no nudge':
      return { ...told, nudges: 0 };
    case 'no Secret':
      return bare(told);
    case 'the old root':
      return old;
    case 'an unknown root':
      return { ...told, written: unknown(told.written) };
    case 'the same again':
      return last;
    default:
      return assertNever(shows);
  }
}

function unknown(holding: Holding | undefined): Holding | undefined {
  return holding === undefined ? undefined : { ...holding, roots: ['f'.repeat(64)], signerRoot: 'f'.repeat(64) };
}
