import type { Step } from '@reroot/shared/protocol';
import { createRandom, type Random } from '@reroot/simulator/random';
import { one, planBounds, within } from './draw.ts';
import {
  type ClusterName,
  clusterNames,
  type Fault,
  type FaultKind,
  type Installation,
  installations,
  type Phase,
} from './fault.ts';
import { kindsOf, makeFault } from './make-fault.ts';

/** Where the rotation of a run shall end, if nobody acts otherwise in between. */
export type Goal = { readonly kind: 'forward' } | { readonly kind: 'back'; readonly from: Exclude<Step, 'PREVIOUS_CA'> };

/** Who lets a step pass: nobody has to, a person, or mgmt by what it finds, which asks another system too. */
export type PlannedVerification =
  | { readonly kind: 'none' | 'manual' }
  | { readonly kind: 'automatic'; readonly onFailure: 'ON_FAILURE_HOLD' | 'ON_FAILURE_ROLLBACK' };

/** In which order clusters are given a step. */
export type PlannedWaves =
  | { readonly kind: 'all-at-once' }
  | { readonly kind: 'waves'; readonly canary: ClusterName | 'none'; readonly maxClusters: number; readonly soakMs: number };

/** A fault, and when it comes. */
export interface PlannedFault {
  readonly phase: Phase;
  readonly afterMs: number;
  readonly fault: Fault;
}

/** All that happens in one run. It is data: what makes it is the seed alone. */
export interface Plan {
  readonly seed: number;
  readonly installation: Installation;
  readonly verification: PlannedVerification;
  readonly waves: PlannedWaves;
  /** How long a person takes to answer. */
  readonly answerMs: number;
  readonly goal: Goal;
  /** In the order of their moments. */
  readonly faults: readonly PlannedFault[];
}

/**
 * Makes the plan of a run.
 * @param kinds those that are wanted, in any order; a fault of another kind never comes up
 */
export function makePlan(seed: number, kinds: readonly FaultKind[]): Plan {
  const random = createRandom(`chaos/${seed}`);
  const goal = chooseGoal(random);
  const { leastFaults, mostFaults } = planBounds;
  const wanted = [...new Set(kinds)].toSorted();
  const installation = chooseInstallation(seed, wanted);
  // Only a person can turn a rotation round where it should be turned.
  const verification: PlannedVerification = goal.kind === 'back' ? { kind: 'manual' } : chooseVerification(random);
  const asksGate = verification.kind === 'automatic';
  const possible = wanted.filter((kind) => kindsOf(installation).includes(kind) && (asksGate || kind !== 'gate'));
  const count = Math.floor(random.between(leastFaults, mostFaults + 1));
  const faults = Array.from({ length: possible.length === 0 ? 0 : count }, () =>
    planFault(possible, { goal, installation }, random),
  );
  return {
    ...{ seed, installation, verification },
    waves: chooseWaves(random),
    answerMs: within(random, 0, 400),
    goal,
    faults: faults.toSorted((a, b) => orderOf(a) - orderOf(b) || a.afterMs - b.afterMs),
  };
}

const steps = ['ADDING_NEW_ROOT', 'PROPAGATING_NEW_INTERMEDIATE', 'DELETING_OLD_ROOT'] as const;

/** So many seeds that follow one another have one installation: their runs can share a fleet. */
const seedsPerInstallation = 8;

function chooseInstallation(seed: number, wanted: readonly FaultKind[]): Installation {
  const able = installations.filter((each) => wanted.length === 0 || wanted.some((kind) => kindsOf(each).includes(kind)));
  const random = createRandom(`chaos/installation/${Math.floor(seed / seedsPerInstallation)}`);
  return one(random, able);
}

function chooseVerification(random: Random): PlannedVerification {
  const chance = random.next();
  if (chance < 0.4) return { kind: 'none' };
  if (chance < 0.65) return { kind: 'manual' };
  return { kind: 'automatic', onFailure: one(random, ['ON_FAILURE_HOLD', 'ON_FAILURE_ROLLBACK'] as const) };
}

function chooseWaves(random: Random): PlannedWaves {
  if (random.next() < 0.5) return { kind: 'all-at-once' };
  const canary = one(random, ['none', ...clusterNames] as const);
  return { kind: 'waves', canary, maxClusters: one(random, [1, 2]), soakMs: within(random, 0, 1_000) };
}

function chooseGoal(random: Random): Goal {
  return random.next() < 0.6 ? { kind: 'forward' } : { kind: 'back', from: one(random, steps) };
}

/** Those that this rotation comes through. */
function phasesOf(goal: Goal): readonly Phase[] {
  if (goal.kind === 'forward') return ['START', ...steps];
  return ['START', ...steps.slice(0, steps.indexOf(goal.from) + 1), 'ROLLING_BACK'];
}

const order: readonly Phase[] = ['START', ...steps, 'ROLLING_BACK'];

function orderOf({ phase }: PlannedFault): number {
  return order.indexOf(phase);
}

function planFault(
  kinds: readonly FaultKind[],
  { goal, installation }: Pick<Plan, 'goal' | 'installation'>,
  random: Random,
): PlannedFault {
  const phase = one(random, phasesOf(goal));
  const afterMs = within(random, 0, planBounds.mostAfterMs);
  return { phase, afterMs, fault: makeFault(one(random, kinds), installation, random) };
}
