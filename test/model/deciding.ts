import type { ClusterEvidence, Decision } from '@reroot/mgmt/rotation';
import { memoise } from './interner.ts';
import { decideNow, type Heard, type Moment, plainMoment, spend, still, writersOf } from './mgmt.ts';
import type { Move } from './moves.ts';
import type { Stage } from './stage.ts';
import type { State } from './world.ts';

/** What mgmt makes of what it has heard. */
export interface Deciding {
  /** What every leader that may write can decide. */
  decisions(state: State): readonly Move[];
  /** Why nothing needs to happen any more; undefined while something must. */
  ending(state: State): string | undefined;
  /** What is wrong with what mgmt says it waits for; undefined when nothing is. */
  muteness(state: State): string | undefined;
}

const maxEvidence = 512;
const maxLeaders = 8;

/** Remembers what was decided: it depends on the record and on the evidence alone. */
export function createDeciding(stage: Stage): Deciding {
  const { mgmtStates, clusters, names, rules } = stage;
  const heardBy = (state: State, leader: number): Heard => {
    const heard = new Map<string, ClusterEvidence>();
    for (const [place, name] of names.entries()) {
      const token = clusters.states.at(state[place + 1] ?? 0).heard[leader] ?? 0;
      if (token !== 0) heard.set(name, clusters.evidence.at(token));
    }
    return heard;
  };
  const keyOf = (state: State, leader: number): number => {
    let key = (state[0] ?? 0) * maxLeaders + leader;
    for (let place = 1; place < state.length; place += 1) {
      key = key * maxEvidence + (clusters.states.at(state[place] ?? 0).heard[leader] ?? 0);
    }
    if (clusters.evidence.size >= maxEvidence || !Number.isSafeInteger(key)) throw new Error('too much evidence for one key');
    return key;
  };
  const writers = memoise((id) => writersOf(mgmtStates.at(id), rules));
  const decided = new Map<number, readonly Move[]>();
  const rested = new Map<number, { readonly ending: string | undefined; readonly muteness: string | undefined }>();
  const rest = (state: State): { readonly ending: string | undefined; readonly muteness: string | undefined } => {
    const mgmtId = state[0] ?? 0;
    const leader = mgmtStates.at(mgmtId).leaders.length - 1;
    const key = keyOf(state, leader);
    const known = rested.get(key);
    if (known !== undefined) return known;
    const decision = decideNow(mgmtStates.at(mgmtId), heardBy(state, leader), plainMoment, stage);
    const made = { ending: endingOf(decision, stage, mgmtId), muteness: mutenessOf(decision) };
    rested.set(key, made);
    return made;
  };
  return {
    decisions: (state) =>
      writers(state[0] ?? 0).flatMap((leader) => {
        const key = keyOf(state, leader);
        const known = decided.get(key);
        if (known !== undefined) return known;
        const made = decisionsOf(stage, state[0] ?? 0, leader, heardBy(state, leader));
        decided.set(key, made);
        return made;
      }),
    ending: (state) => rest(state).ending,
    muteness: (state) => rest(state).muteness,
  };
}

function decisionsOf(stage: Stage, mgmtId: number, leader: number, heard: Heard): readonly Move[] {
  const mgmt = stage.mgmtStates.at(mgmtId);
  const made = new Map<number, Move>();
  const moments: readonly Moment[] = [plainMoment, ...stage.options.moments];
  for (const moment of moments) {
    if (moment.costs !== undefined && mgmt.left[moment.costs] === 0) continue;
    const decision = decideNow(mgmt, heard, moment, stage);
    if (decision.kind !== 'transition') continue;
    const { record, condition } = decision.transition;
    const left = moment.costs === undefined ? mgmt.left : spend(mgmt.left, moment.costs);
    const to = stage.mgmtIdOf({ ...mgmt, record: still(record), left });
    if (to === mgmtId || made.has(to)) continue;
    const by = mgmt.leaders.length > 1 ? ` (term ${mgmt.leaders[leader]})` : '';
    made.set(to, { kind: moment === plainMoment ? 'fair' : 'fault', text: `${moment.text}${condition.message}${by}`, to });
  }
  return [...made.values()];
}

function endingOf(decision: Decision, { mgmtStates }: Stage, mgmtId: number): string | undefined {
  const { record } = mgmtStates.at(mgmtId);
  const returning = Object.values(record.deviations).some(({ kind }) => kind === 'returning');
  if (returning) return undefined;
  if (decision.kind === 'rest' && decision.verdict.passed) return record.state;
  // A reason of the whole mesh comes up when every cluster's gates have passed, and names no laggard: people hold it.
  return decision.kind === 'wait' && decision.verdict.laggardCount === 0 ? decision.verdict.reason : undefined;
}

const reasonsOfPeople = new Set(['AwaitingOperator', 'AwaitingVerification']);

/** Whoever asks is told what is waited for: places of clusters, by name, or people. */
function mutenessOf({ kind, verdict }: Decision): string | undefined {
  if (kind !== 'wait' || reasonsOfPeople.has(verdict.reason)) return undefined;
  const named = verdict.laggards.some(({ cluster }) => cluster !== '');
  return named ? undefined : `mgmt waits for ${verdict.reason}, and names nobody who lags behind`;
}
