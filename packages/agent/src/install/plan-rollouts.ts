import type { Problem } from '@reroot/shared/protocol';
import type { Owner, Rollout } from '../cluster/cluster.ts';
import type { BegunRollout, RefusedRollout, RolloutStage } from './history.ts';
import { momentOfProof, startsCountFromMs } from './moment.ts';
import { allLoaded } from './proof.ts';
import { findRestartsDue } from './restart-due.ts';
import { findCandidates, findUnowned, keyOf, type RolloutCandidate, type RolloutFacts } from './rollout-candidates.ts';
import { blocked, refused, unhealthy, unowned, unsupported } from './rollout-problems.ts';

/** Which owners to restart now. */
export interface RolloutPlan {
  readonly restart: readonly BegunRollout[];
  /** Of those that were begun, the ones that are not seen to be over. */
  readonly pending: readonly BegunRollout[];
  /** Of those that failed to begin, the ones that are not tried again yet. */
  readonly refused: readonly RefusedRollout[];
  readonly problems: readonly Problem[];
  /** When time alone may change the plan. */
  readonly againAtMs: number | undefined;
}

/** How an owner stands: only what is `ready` may be restarted. */
interface Standing extends RolloutCandidate {
  readonly rollout: Rollout | undefined;
  /**
   * `moving`: its pods are being replaced, or it was asked for and is not to be seen yet. `failed`: it was restarted, and is
   * unhealthy. `unfit`: it is unhealthy, and nobody has restarted it. `refused`: its restart failed to begin not long ago.
   * `gone`: there is no such owner.
   */
  readonly state: 'ready' | 'moving' | 'failed' | 'unfit' | 'unsupported' | 'refused' | 'blocked' | 'gone' | 'over';
}

const stages: readonly RolloutStage[] = ['between', 'sidecar'];

/** The owners whose rollouts must be known to plan; none where nothing is to be planned. */
export function findOwnersToAsk(facts: RolloutFacts): readonly Owner[] {
  const provenAtMs = mayRestartSince(facts);
  if (provenAtMs === undefined || facts.nowMs < startsCountFromMs(provenAtMs)) return [];
  const candidates = findCandidates(facts, provenAtMs);
  const needed = candidates.some(({ due, begunAtMs }) => due.length > 0 || begunAtMs !== undefined);
  return needed ? candidates.map(({ owner }) => owner) : [];
}

/**
 * Decides which owners of workloads to restart. Pure, and it plans from what is seen alone: what is remembered of restarts
 * only bridges the time until they are to be seen, so that an agent which is started anew goes on.
 *
 * Nothing is begun before every replica is proven, nor while an owner that was restarted is unhealthy. Gateways, waypoints
 * and ztunnel come first, and sidecars when none of those is rolling or could be restarted any more; one that cannot be, for
 * it is gone, blocked, unhealthy, owned by nobody, refused, or would not replace its pods, holds nobody up.
 * @param rollouts of the owners that `findOwnersToAsk` names
 */
export function planRollouts(facts: RolloutFacts, rollouts: readonly Rollout[]): RolloutPlan {
  const { history, nowMs } = facts;
  const provenAtMs = mayRestartSince(facts);
  const idle = { restart: [], pending: history.begun, refused: findRefused(facts), problems: [], againAtMs: undefined };
  if (provenAtMs === undefined) return idle;
  const ownerless = findUnowned(facts, provenAtMs);
  const fromMs = startsCountFromMs(provenAtMs);
  // A pod that starts at once could seem to have started before the proof, and would be restarted a second time.
  if (nowMs < fromMs) return { ...idle, problems: unowned(ownerless), againAtMs: fromMs };
  const standings = findCandidates(facts, provenAtMs).map((candidate) => standingOf(candidate, rollouts, facts, provenAtMs));
  const orphans = standings.filter(({ state }) => state === 'gone').flatMap(({ due }) => due);
  const problems = [
    ...unhealthy(ofStates(standings, 'failed', 'unfit').map(({ owner }) => owner)),
    ...blocked(findBlocked(standings)),
    ...unsupported(ofStates(standings, 'unsupported').map(({ owner }) => owner)),
    ...refused(ofStates(standings, 'refused').flatMap(({ owner }) => idle.refused.filter((each) => isOf(each, owner)))),
    ...unowned([...ownerless, ...orphans]),
  ];
  const unfinished = new Set(ofStates(standings, 'moving', 'failed').map(({ owner }) => keyOf(owner)));
  const pending = history.begun.filter(({ owner }) => unfinished.has(keyOf(owner)));
  return { restart: choose(standings, facts), pending, refused: idle.refused, problems, againAtMs: undefined };
}

/** The moment of the proof, where restarts are allowed and nothing else is left to be done; else undefined. */
function mayRestartSince({ secret, desired, proof }: RolloutFacts): number | undefined {
  const isDone = allLoaded(proof) && findRestartsDue(secret, proof.replicas).length === 0;
  return desired.workloadRestart === 'when-needed' && isDone ? momentOfProof(secret) : undefined;
}

function standingOf(
  candidate: RolloutCandidate,
  rollouts: readonly Rollout[],
  facts: RolloutFacts,
  provenAtMs: number,
): Standing {
  const rollout = rollouts.find(({ owner }) => keyOf(owner) === keyOf(candidate.owner));
  return { ...candidate, rollout, state: stateOf(candidate, rollout, facts, provenAtMs) };
}

function stateOf(
  { owner, due, renewed, begunAtMs }: RolloutCandidate,
  rollout: Rollout | undefined,
  facts: RolloutFacts,
  provenAtMs: number,
): Standing['state'] {
  const { nowMs, timings } = facts;
  if (rollout === undefined) return 'gone';
  if (rollout.state === 'rolling') return 'moving';
  if (rollout.state === 'unhealthy') return begunAtMs !== undefined || renewed === 'some' ? 'failed' : 'unfit';
  if (due.length === 0) return 'over';
  if (rollout.state === 'unsupported') return 'unsupported';
  // Asked for, and its pods are as before: after a time it is asked for again.
  const isAwaited = begunAtMs !== undefined && begunAtMs >= provenAtMs && nowMs < begunAtMs + timings.refusedAfterMs;
  if (isAwaited) return 'moving';
  if (findRefused(facts).some((each) => isOf(each, owner))) return 'refused';
  return rollout.blockedBy === undefined ? 'ready' : 'blocked';
}

function choose(standings: readonly Standing[], { budget, nowMs }: RolloutFacts): readonly BegunRollout[] {
  if (ofStates(standings, 'failed').length > 0) return [];
  const active = ofStates(standings, 'ready', 'moving');
  const stage = stages.find((each) => active.some((standing) => standing.stage === each));
  const taken = ofStates(standings, 'moving').map(({ owner }) => owner);
  const chosen: BegunRollout[] = [];
  const ready = active.filter((standing) => standing.state === 'ready' && standing.stage === stage);
  for (const { owner } of ready.toSorted((a, b) => (keyOf(a.owner) < keyOf(b.owner) ? -1 : 1))) {
    const inNamespace = taken.filter(({ namespace }) => namespace === owner.namespace).length;
    if (taken.length >= budget.maxTogether || inNamespace >= budget.maxPerNamespace) continue;
    taken.push(owner);
    chosen.push({ owner, stage: stage ?? 'sidecar', atMs: nowMs });
  }
  return chosen;
}

/** Those that a budget for disruptions stops. While something of the namespace is rolling, that may be what uses it up. */
function findBlocked(standings: readonly Standing[]): readonly Rollout[] {
  const moving = new Set(ofStates(standings, 'moving').map(({ owner }) => owner.namespace));
  return ofStates(standings, 'blocked').flatMap(({ owner, rollout }) =>
    rollout === undefined || moving.has(owner.namespace) ? [] : [rollout],
  );
}

/** One whose restart failed is not tried in each pass: it would take the place of those that can be restarted. */
function findRefused({ history, nowMs, timings }: RolloutFacts): readonly RefusedRollout[] {
  return history.refused.filter(({ atMs }) => nowMs < atMs + timings.refusedAfterMs);
}

function isOf(refusal: RefusedRollout, owner: Owner): boolean {
  return keyOf(refusal.owner) === keyOf(owner);
}

function ofStates(standings: readonly Standing[], ...states: readonly Standing['state'][]): readonly Standing[] {
  return standings.filter(({ state }) => states.includes(state));
}
