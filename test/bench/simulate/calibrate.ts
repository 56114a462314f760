import type { Costs, Intervals, Protocol } from './costs.ts';
import { type FleetPlan, simulateRotation, type Taken } from './fleet-model.ts';
import type { MeasuredFleet, Part } from './measure-fleet.ts';
import { findRestCosts } from './rest-costs.ts';

/** What was measured on this machine, and what is known of what was measured. */
export interface Findings {
  /** A few clusters: what is there whatever their number. */
  readonly small: MeasuredFleet;
  readonly large: MeasuredFleet;
  readonly crypto: CryptoCosts;
  readonly intervals: Intervals;
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
export type Surroundings = Omit<FleetPlan, 'clusters' | 'costs' | 'intervals' | 'protocol' | 'others'>;

/** What the simulation is given. */
export interface Calibrated {
  readonly costs: Costs;
  readonly protocol: Protocol;
  /**
   * How much of a core's wish each thread of another program counts for. They get as much as ours in the simulation; the kernel
   * shares among groups of processes first, which nobody sees from here.
   */
  readonly othersWeight: number;
}

/** Enough: each round leaves a small part of what was wrong. */
const rounds = 12;
const leastWeight = 0.01;

/**
 * Finds the costs with which the simulation takes what was measured, at both sizes. What is known of a single piece of work is
 * kept; what is left over is laid evenly on what nothing is known of.
 */
export function calibrate(findings: Findings, surroundings: Surroundings, steps: Protocol['steps']): Calibrated {
  const start = findRestCosts(findings, surroundings, steps);
  const fitted = (['step', 'move'] as const).map((told) => {
    const protocol = { steps, told };
    const { costs, othersWeight, messages } = fitRotation(start, findings, surroundings, protocol);
    return { costs, othersWeight, protocol, missed: Math.abs(messages - findings.large.rotation.messages) };
  });
  const [first, second] = fitted;
  if (first === undefined || second === undefined) throw new Error('there are two ways to tell');
  return first.missed <= second.missed ? first : second;
}

/**
 * What is left over of a rotation at the large size is its news and its writing; at the small one it is the moves of the mesh. Where
 * other programs wanted the cores too, the time it took says how much of them they got.
 */
function fitRotation(start: Costs, findings: Findings, surroundings: Surroundings, protocol: Protocol) {
  const { small, large, intervals } = findings;
  let fit = { costs: start, othersWeight: 1, messages: 0 };
  for (let round = 0; round < rounds; round += 1) {
    const { costs, othersWeight } = fit;
    const simulate = ({ clusters, others }: MeasuredFleet): Taken =>
      simulateRotation({ ...surroundings, clusters, others: others * othersWeight, intervals, costs, protocol });
    const [few, many] = [simulate(small), simulate(large)];
    fit = {
      costs: nearer(costs, { small, large, few, many }, protocol),
      othersWeight: Math.min(1, Math.max(leastWeight, (othersWeight * large.rotation.seconds) / many.seconds)),
      messages: many.messages,
    };
  }
  return fit;
}

/** What was measured, and what the simulation took for the same. */
interface Taking extends Pick<Findings, 'small' | 'large'> {
  readonly few: Taken;
  readonly many: Taken;
}

function nearer({ mgmt, agent, broker }: Costs, { small, large, few, many }: Taking, { steps }: Protocol): Costs {
  const moves = 1 + 3 * steps.length;
  const missing = (part: Part, { rotation }: MeasuredFleet, { cpu }: Taken): number => (rotation.cpu[part] - cpu[part]) * 1_000;
  return {
    mgmt: {
      ...mgmt,
      moveMs: Math.max(0, mgmt.moveMs + missing('mgmt', small, few) / moves),
      newsMs: Math.max(0, mgmt.newsMs + missing('mgmt', large, many) / many.news),
    },
    agent: { ...agent, actMs: Math.max(0, agent.actMs + missing('crowd', large, many) / (large.clusters * steps.length)) },
    broker: { ...broker, messageMs: Math.max(0, broker.messageMs + missing('broker', large, many) / many.messages) },
  };
}

/** Resident memory of mgmt at most, in MB: what is in use for each cluster, and the garbage that comes with it before it is collected. */
export function predictPeakMb({ small, large }: Findings, clusters: number, waitingMb: number): number {
  const each = (large.memory.liveMb - small.memory.liveMb) / (large.clusters - small.clusters);
  const withGarbage = Math.max(1, large.memory.usedMb / large.memory.liveMb);
  return large.memory.peakMb + Math.max(0, each) * (clusters - large.clusters) * withGarbage + waitingMb;
}
