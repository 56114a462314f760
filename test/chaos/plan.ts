import type { Step } from '@reroot/shared/protocol';
import { createRandom, type Random } from '@reroot/simulator/random';
import {
  brokerNodes,
  type Client,
  clients,
  clusterNames,
  type Fault,
  type FaultKind,
  networkTroubles,
  operatorActs,
  type Phase,
  replicaNames,
} from './fault.ts';

/** Where the rotation of a run shall end, if nobody acts otherwise in between. */
export type Goal = { readonly kind: 'forward' } | { readonly kind: 'back'; readonly from: Exclude<Step, 'PREVIOUS_CA'> };

/** A fault, and when it comes. */
export interface PlannedFault {
  readonly phase: Phase;
  readonly afterMs: number;
  readonly fault: Fault;
}

/** All that happens in one run. It is data: what makes it is the seed alone. */
export interface Plan {
  readonly seed: number;
  readonly verification: 'none' | 'manual';
  /** How long a person takes to answer. */
  readonly answerMs: number;
  readonly goal: Goal;
  /** In the order of their moments. */
  readonly faults: readonly PlannedFault[];
}

/** Bounds of a plan: with them a run ends. */
export const planBounds = { leastFaults: 3, mostFaults: 9, mostAfterMs: 1_500, mostForMs: 6_000 } as const;

/**
 * Makes the plan of a run.
 * @param kinds those that are wanted, in any order; a fault of another kind never comes up
 */
export function makePlan(seed: number, kinds: readonly FaultKind[]): Plan {
  const random = createRandom(`chaos/${seed}`);
  const goal = chooseGoal(random);
  const { leastFaults, mostFaults } = planBounds;
  const wanted = [...new Set(kinds)].toSorted();
  const count = Math.floor(random.between(leastFaults, mostFaults + 1));
  const faults = Array.from({ length: wanted.length === 0 ? 0 : count }, () => planFault(wanted, goal, random));
  return {
    seed,
    // Only a person can turn a rotation round where it should be turned.
    verification: goal.kind === 'back' || random.next() < 0.3 ? 'manual' : 'none',
    answerMs: within(random, 0, 400),
    goal,
    faults: faults.toSorted((a, b) => orderOf(a) - orderOf(b) || a.afterMs - b.afterMs),
  };
}

const steps = ['ADDING_NEW_ROOT', 'PROPAGATING_NEW_INTERMEDIATE', 'DELETING_OLD_ROOT'] as const;

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

function planFault(kinds: readonly FaultKind[], goal: Goal, random: Random): PlannedFault {
  const phase = one(random, phasesOf(goal));
  const afterMs = within(random, 0, planBounds.mostAfterMs);
  return { phase, afterMs, fault: makeFault[one(random, kinds)](random) };
}

const makeFault: { readonly [Kind in FaultKind]: (random: Random) => Extract<Fault, { kind: Kind }> } = {
  kill: (random) => ({ kind: 'kill', part: chooseClient(random), forMs: within(random, 0, 2_000) }),
  pause: (random) => ({
    kind: 'pause',
    part: random.next() < 0.15 ? 'clusters' : chooseClient(random),
    forMs: within(random, 100, 5_000),
  }),
  'broker-loss': (random) => {
    const nodes = brokerNodes.filter(() => random.next() < 0.6);
    return {
      kind: 'broker-loss',
      nodes: nodes.length === 0 ? [one(random, brokerNodes)] : nodes,
      forMs: within(random, 0, 3_000),
    };
  },
  'broker-partition': (random) => ({
    kind: 'broker-partition',
    node: one(random, brokerNodes),
    forMs: within(random, 500, 5_000),
  }),
  network: (random) => ({
    kind: 'network',
    client: chooseClient(random),
    trouble: one(random, networkTroubles),
    forMs: within(random, 300, planBounds.mostForMs),
  }),
  'disk-full': (random) => ({ kind: 'disk-full', forMs: within(random, 200, 4_000) }),
  'fsync-error': (random) => ({ kind: 'fsync-error', forMs: within(random, 100, 2_000) }),
  // Certificates are dated back by five minutes: clocks that differ by less are allowed to.
  'clock-jump': (random) => ({
    kind: 'clock-jump',
    part: chooseClient(random),
    byMs: within(random, 1_000, 240_000) * (random.next() < 0.5 ? 1 : -1),
    forMs: within(random, 500, planBounds.mostForMs),
  }),
  'late-replica': (random) => ({
    kind: 'late-replica',
    cluster: one(random, clusterNames),
    replica: one(random, replicaNames),
    forMs: within(random, 500, 5_000),
  }),
  restart: (random) => ({
    kind: 'restart',
    cluster: one(random, clusterNames),
    pod: one(random, [...replicaNames, 'web-0', 'web-3'] as const),
  }),
  upgrade: (random) => ({ kind: 'upgrade', cluster: one(random, clusterNames) }),
  act: (random) => ({ kind: 'act', act: one(random, operatorActs), via: random.next() < 0.2 ? 'cli' : 'api' }),
};

/** mgmt as often as all agents together: there is but one. */
function chooseClient(random: Random): Client {
  return random.next() < 0.5 ? 'mgmt' : one(random, clients);
}

function within(random: Random, least: number, most: number): number {
  return Math.round(random.between(least, most));
}

function one<T>(random: Random, items: readonly [T, ...T[]] | readonly T[]): T {
  return random.pick(items) as T;
}
