import { assignmentOf, type ClusterEvidence, isMember, noLinks } from '@reroot/mgmt/rotation';
import { acceptedBy, type ClusterState, noMoreReports } from './cluster.ts';
import { createInterner, memoise, pair } from './interner.ts';
import { nowMs } from './materials.ts';
import { type MgmtState, plainMoment, policyOf, readAs, writersOf } from './mgmt.ts';
import type { Move } from './moves.ts';
import { reportOf, showing } from './report.ts';
import type { Stage } from './stage.ts';

/** The bus between mgmt and the clusters. */
export interface Telling {
  /** The cluster once mgmt is in another state: what is published now is under way, and old evidence may not count. */
  retell(mgmtId: number, place: number, id: number): number;
  /** The reports that a cluster may send, as far as they tell mgmt anything. */
  reports(mgmtId: number, place: number, id: number): readonly Move[];
}

/** Clusters at one place of a world, at most. */
const places = 64;

/** Remembers what was told and reported: it depends on one cluster and on what mgmt says of it alone. */
export function createTelling(stage: Stage): Telling {
  const { mgmtStates, clusters, names } = stage;
  const goalOf = createGoals(stage);
  const told = new Map<number, number>();
  const reported = new Map<number, readonly Move[]>();
  return {
    retell: (mgmtId, place, id) => {
      const key = pair(mgmtId * places + place, id);
      const known = told.get(key);
      if (known !== undefined) return known;
      const to = clusters.idOf(tell(stage, mgmtStates.at(mgmtId), names[place] ?? '', clusters.states.at(id)));
      told.set(key, to);
      return to;
    },
    reports: (mgmtId, place, id) => {
      const key = pair(goalOf(mgmtId * places + place), id);
      const known = reported.get(key);
      if (known !== undefined) return known;
      const made = reportsOf(stage, mgmtStates.at(mgmtId), names[place] ?? '', id);
      reported.set(key, made);
      return made;
    },
  };
}

/** What it depends on whether evidence counts: for the same goal, the same reports do. */
function createGoals({ mgmtStates, names }: Stage): (key: number) => number {
  const goals = createInterner<string>();
  return memoise((key) => {
    const { record, members, leaders } = mgmtStates.at(Math.floor(key / places));
    const name = names[key % places] ?? '';
    const goal = members.includes(name) ? (assignmentOf(record, name) ?? 'untold') : 'gone';
    const text = JSON.stringify([name, goal, record.deviations[name], leaders]);
    return goals.idOf(text, () => text);
  });
}

function tell(stage: Stage, mgmt: MgmtState, name: string, state: ClusterState): ClusterState {
  const { rules, parts, clusters } = stage;
  const told = mgmt.members.includes(name) ? rules.tell(mgmt.record, name) : [];
  // A stale leader may go on reading the store and publishing what it finds there.
  const published = mgmt.leaders.flatMap((term) => told.map(({ generation, row }) => parts.messageOf(term, generation, row)));
  const accepted = acceptedBy(state, parts);
  const net = [...state.net, ...published].filter((id) => rules.accepts(parts.messages.at(id).desired, accepted));
  const writers = writersOf(mgmt, rules);
  const heard = mgmt.leaders.map((_, leader) => {
    const token = writers.includes(leader) ? (state.heard[leader] ?? 0) : 0;
    return token !== 0 && worthOf(stage, mgmt, name, clusters.evidence.at(token)) === 'proof' ? token : 0;
  });
  return { ...state, net, heard };
}

/**
 * What evidence says to mgmt: a `proof` that the cluster holds what it was told, or how a cluster stands that is to come
 * back. What says `nothing` is as good as never heard.
 */
function worthOf(
  { rules, options }: Stage,
  { record, members }: MgmtState,
  name: string,
  evidence: ClusterEvidence,
): 'proof' | 'standing' | 'nothing' {
  if (!members.includes(name)) return 'nothing';
  const read = readAs(rules, evidence, record, name);
  const policy = policyOf(options, plainMoment);
  const ear = { evidence: new Map([[name, read]]), heardSinceMs: 0, links: noLinks };
  if (rules.judge(record, name, ear, policy, nowMs).passed) return 'proof';
  const excluded = record.deviations[name]?.kind === 'excluded' && record.deviations[name].cause === 'operator';
  return isMember(record, name) || excluded ? 'nothing' : 'standing';
}

function reportsOf(stage: Stage, mgmt: MgmtState, name: string, id: number): readonly Move[] {
  const { parts, clusters, rules } = stage;
  const state = clusters.states.at(id);
  const hear = (leader: number, token: number, kind: Move['kind'], text: string): readonly Move[] => {
    const former = kind === 'fault' ? noMoreReports : state.former;
    const to = clusters.idOf({ ...state, former, heard: state.heard.with(leader, token) });
    return to === id ? [] : [{ kind, text: `${text} (term ${mgmt.leaders[leader]})`, to }];
  };
  const standing = (files: number): number => {
    const seen = showing(files, parts);
    return clusters.evidence.idOf(JSON.stringify([seen.written?.roots, seen.written?.signerRoot]), () => seen);
  };
  return writersOf(mgmt, rules).flatMap((leader) => {
    const evidence = reportOf(state, mgmt.leaders[leader] ?? 0, parts);
    const worth = worthOf(stage, mgmt, name, evidence);
    const files = state.secret === 0 ? 0 : parts.secrets.at(state.secret).files;
    const late =
      state.former > 0 && worthOf(stage, mgmt, name, showing(state.former, parts)) === 'standing'
        ? hear(leader, standing(state.former), 'fault', `an old report comes, of ${parts.files.at(state.former).name}`)
        : [];
    if (worth === 'nothing') return late;
    if (worth === 'standing') return [...late, ...hear(leader, standing(files), 'fair', 'reports what it holds')];
    return [...late, ...hear(leader, proofIdOf(stage, evidence), 'fair', 'proves that it holds what it was told')];
  });
}

/** Nothing but this bears on a gate once all of them have passed. */
function proofIdOf({ clusters }: Stage, evidence: ClusterEvidence): number {
  const { written, appliedTerm, appliedGeneration, nudges } = evidence;
  const key = ['proof', written?.roots, written?.signerRoot, appliedTerm, appliedGeneration, nudges > 0];
  return clusters.evidence.idOf(JSON.stringify(key), () => evidence);
}
