import type { AgentCosts, BrokerCosts, Costs, Intervals, MgmtCosts, Step } from './costs.ts';
import { type FleetPlan, simulateRest, simulateRotation, type Taken } from './fleet-model.ts';
import type { MeasuredFleet, Part, Use } from './measure-fleet.ts';

/** What was measured on this machine, and what is known of what was measured. */
export interface Findings {
  /** A few clusters: what is there whatever their number. */
  readonly small: MeasuredFleet;
  readonly large: MeasuredFleet;
  /** As many clusters as the large one has, with as many messages a second as the fleet that is predicted. */
  readonly dense: DenseRest;
  readonly crypto: CryptoCosts;
  /** How many times as long work takes while every core is busy. */
  readonly slowdown: number;
  /** Of the small and the large one. */
  readonly intervals: Intervals;
}

/** Clusters at rest that all speak often. */
export interface DenseRest {
  readonly intervals: Intervals;
  readonly rest: Use;
}

/** One operation each, in milliseconds. */
export interface CryptoCosts {
  /** Ed25519, of a message. */
  readonly sealMs: number;
  readonly openMs: number;
  /** RSA-4096, of an intermediate. */
  readonly issueMs: number;
}

/** What a fleet is like apart from its size, its costs, and what else the machine has to do. */
export type Surroundings = Omit<FleetPlan, 'clusters' | 'costs' | 'intervals' | 'others' | 'slowdown'>;

/** What the simulation is given. */
export interface Calibrated {
  readonly costs: Costs;
  /**
   * How much of a core's wish each thread of another program counts for. They get as much as ours in the simulation; the kernel
   * shares among groups of processes first, which nobody sees from here.
   */
  readonly othersWeight: number;
}

/** Each round goes a part of the way, for what is changed at a time is wrong by the same: whole steps would go to and fro. */
const [rounds, step] = [60, 0.35];
const leastWeight = 0.01;
/** Between these lies what it costs to say once more what was said before, to the same of news. */
const [leastAgain, mostAgain] = [0.05, 50];

/**
 * Finds the costs with which the simulation takes what was measured, in rotations and at rest, at both sizes. What is known of a single
 * piece of work is kept. Of the rest
 *
 * - the rotation of the large fleet says what a message costs that is news, and a look that something new has called for;
 * - its rest, how many times as much another look takes: an agent of it looks as often, and its process, as they do in the fleet that is predicted;
 * - as many clusters that speak often, how many times as much a message costs mgmt and the broker that is said again: the less the more of them
 *   come in a second;
 * - the rotation of the small fleet, what a move of the mesh costs, and its rest, what is done in each second whoever speaks.
 */
export function calibrate(findings: Findings, surroundings: Surroundings): Calibrated {
  let fit: Calibrated = { costs: startWith(findings), othersWeight: 1 };
  for (let round = 0; round < rounds; round += 1) fit = nearer(fit, findings, surroundings);
  return fit;
}

/** Nothing but the crypto of each message. */
function startWith({ crypto: { sealMs, openMs, issueMs }, large: { mainShare } }: Findings): Costs {
  const again = 1;
  return {
    mgmt: {
      ...{ again, secondMs: 0, wordMs: sealMs, hearMs: openMs, signMs: issueMs, moveMs: 1 },
      mainShare: Math.min(1, mainShare.mgmt),
    },
    agent: {
      ...{ hearMs: openMs, answerMs: openMs + sealMs, lookMs: 1, again },
      mainShare: Math.min(1, mainShare.crowd),
    },
    broker: { again, secondMs: 0, messageMs: 0.01 },
  };
}

/** What was measured of one fleet, and what the simulation took for the same. */
interface Beside extends BesideRest {
  readonly measured: MeasuredFleet;
  readonly rotation: Taken;
}

interface BesideRest {
  readonly measured: Pick<MeasuredFleet, 'rest'>;
  readonly rest: Taken;
}

/** The fleets that costs are found by. */
interface AllBeside {
  readonly small: Beside;
  readonly large: Beside;
  readonly dense: BesideRest;
}

function nearer({ costs, othersWeight }: Calibrated, findings: Findings, surroundings: Surroundings): Calibrated {
  const { crypto, slowdown } = findings;
  const restOf = (plan: FleetPlan): Taken => simulateRest(plan, (plan.intervals.restPeriods * plan.intervals.resyncMs) / 1_000);
  const planOf = ({ clusters, others }: MeasuredFleet, intervals: Intervals): FleetPlan => ({
    ...{ ...surroundings, slowdown, costs, intervals, clusters },
    others: others * othersWeight,
  });
  const beside = (measured: MeasuredFleet): Beside => {
    const plan = planOf(measured, findings.intervals);
    return { measured, rest: restOf(plan), rotation: simulateRotation(plan) };
  };
  const [small, large] = [beside(findings.small), beside(findings.large)];
  const dense = { measured: findings.dense, rest: restOf(planOf(findings.large, findings.dense.intervals)) };
  const factor = large.measured.rotation.seconds / large.rotation.seconds;
  return {
    costs: {
      mgmt: nearerMgmt(costs.mgmt, crypto, { small, large, dense }, surroundings.steps),
      agent: nearerAgent(costs.agent, large),
      broker: nearerBroker(costs.broker, { small, large, dense }),
    },
    othersWeight: Math.min(1, Math.max(leastWeight, othersWeight * factor ** step)),
  };
}

function nearerMgmt(mgmt: MgmtCosts, crypto: CryptoCosts, { small, large, dense }: AllBeside, steps: readonly Step[]): MgmtCosts {
  const moves = 1 + 3 * steps.length;
  const eachMs = notBelowNothing(mgmt.wordMs - crypto.sealMs + missingMs('mgmt', large) / (large.rotation.messages / 2));
  return {
    ...mgmt,
    wordMs: crypto.sealMs + eachMs,
    hearMs: crypto.openMs + eachMs,
    again: nearerAgain(mgmt.again, 'mgmt', dense),
    moveMs: notBelowNothing(mgmt.moveMs + missingMs('mgmt', small) / moves),
    secondMs: notBelowNothing(mgmt.secondMs + missingShareMs('mgmt', small)),
  };
}

function nearerAgent(agent: AgentCosts, large: Beside): AgentCosts {
  return {
    ...agent,
    lookMs: notBelowNothing(agent.lookMs + missingMs('crowd', large) / large.rotation.looks),
    again: nearerAgain(agent.again, 'crowd', large),
  };
}

function nearerBroker(broker: BrokerCosts, { small, large, dense }: AllBeside): BrokerCosts {
  return {
    messageMs: notBelowNothing(broker.messageMs + missingMs('broker', large) / large.rotation.messages),
    again: nearerAgain(broker.again, 'broker', dense),
    secondMs: notBelowNothing(broker.secondMs + missingShareMs('broker', small)),
  };
}

function nearerAgain(again: number, part: Part, dense: BesideRest): number {
  return Math.min(mostAgain, Math.max(leastAgain, again * restRatio(part, dense) ** step));
}

/** Of a rotation: a part of what the simulation has not taken. */
function missingMs(part: Part, { measured, rotation }: Beside): number {
  return (measured.rotation.cpu[part] - rotation.cpu[part]) * 1_000 * step;
}

/** The same of a second of rest. */
function missingShareMs(part: Part, { measured, rest }: Beside): number {
  return (share(part, measured.rest) - share(part, rest)) * 1_000 * step;
}

function restRatio(part: Part, { measured, rest }: BesideRest): number {
  const taken = share(part, rest);
  return taken > 0 ? share(part, measured.rest) / taken : 1;
}

/** Of a core. */
function share(part: Part, { cpu, seconds }: Pick<Use, 'cpu' | 'seconds'>): number {
  return cpu[part] / seconds;
}

function notBelowNothing(costMs: number): number {
  return Math.max(0, costMs);
}

/** Resident memory of mgmt at most, in MB: what is in use for each cluster, and the garbage that comes with it before it is collected. */
export function predictPeakMb({ small, large }: Findings, clusters: number, waitingMb: number): number {
  const each = (large.memory.liveMb - small.memory.liveMb) / (large.clusters - small.clusters);
  const withGarbage = Math.max(1, large.memory.usedMb / large.memory.liveMb);
  return large.memory.peakMb + Math.max(0, each) * (clusters - large.clusters) * withGarbage + waitingMb;
}
