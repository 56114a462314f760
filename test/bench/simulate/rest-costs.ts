import type { Findings, Surroundings } from './calibrate.ts';
import type { Costs, PerCluster, Protocol } from './costs.ts';
import { simulateRest, type Taken } from './fleet-model.ts';
import type { MeasuredFleet, Part, Use } from './measure-fleet.ts';

type Fleet = 'small' | 'large';
/** Processor time at rest, in milliseconds of each second. */
type Shares = Readonly<Record<Part, number>>;

/** Enough: each round leaves a small part of what was wrong. */
const rounds = 4;

/**
 * The costs of what is done at rest, found at two sizes: a line for each part of the system, whose slope is divided by what is said, heard
 * and looked at. What they come to in the simulation is held against what was measured, for the cores that work at the same moment
 * slow one another down there as well.
 */
export function findRestCosts(findings: Findings, surroundings: Surroundings, steps: Protocol['steps']): Costs {
  const { intervals } = findings;
  const simulate = (fleet: Fleet, costs: Costs): Taken => {
    const { clusters } = findings[fleet];
    const plan = { ...surroundings, clusters, others: 0, costs, intervals, protocol: { steps, told: 'step' } as const };
    return simulateRest(plan, (intervals.restPeriods * intervals.resyncMs) / 1_000);
  };
  let asked = { small: sharesOf(findings.small.rest), large: sharesOf(findings.large.rest) };
  const counted = simulate('large', costsFor(asked, findings));
  let costs = costsFor(asked, findings, counted);
  for (let round = 0; round < rounds; round += 1) {
    const nearer = (fleet: Fleet): Shares =>
      scaled(asked[fleet], sharesOf(findings[fleet].rest), sharesOf(simulate(fleet, costs)));
    asked = { small: nearer('small'), large: nearer('large') };
    costs = costsFor(asked, findings, counted);
  }
  return costs;
}

function sharesOf({ seconds, cpu }: Pick<Use, 'seconds' | 'cpu'>): Shares {
  const share = (part: Part): number => (cpu[part] * 1_000) / seconds;
  return { mgmt: share('mgmt'), broker: share('broker'), crowd: share('crowd') };
}

function scaled(asked: Shares, measured: Shares, taken: Shares): Shares {
  const of = (part: Part): number => (taken[part] > 0 ? (asked[part] * measured[part]) / taken[part] : asked[part]);
  return { mgmt: of('mgmt'), broker: of('broker'), crowd: of('crowd') };
}

/** @param counted what was said, heard and looked at in a fleet of the large size; without it all but the crypto is free */
function costsFor(asked: Readonly<Record<Fleet, Shares>>, { small, large, crypto }: Findings, counted?: Taken): Costs {
  const { sealMs, openMs, issueMs } = crypto;
  const lineOf = (part: Part): PerCluster => line([small.clusters, asked.small[part]], [large.clusters, asked.large[part]]);
  const [mgmt, agent, broker] = [lineOf('mgmt'), lineOf('crowd'), lineOf('broker')];
  const { eachMs, lookMs, messageMs } = counted === undefined ? nothing : divide(counted, large, { mgmt, agent, broker }, crypto);
  return {
    mgmt: {
      ...{ secondMs: mgmt.fixed, wordMs: sealMs + eachMs, hearMs: openMs + eachMs, newsMs: 0, signMs: issueMs, moveMs: 1 },
      statusMs: line([small.clusters, small.statusMs], [large.clusters, large.statusMs]),
      mainShare: Math.min(1, large.mainShare.mgmt),
    },
    agent: {
      ...{ hearMs: openMs, answerMs: openMs + sealMs, lookMs: Math.max(sealMs, lookMs), actMs: 0 },
      mainShare: Math.min(1, large.mainShare.crowd),
    },
    broker: { secondMs: broker.fixed, messageMs },
  };
}

const nothing = { eachMs: 0, lookMs: 0, messageMs: 0 };

/** What is left over besides the crypto of each message is laid evenly on all of them, and at the agents on their looks. */
function divide(
  { seconds, words, looks, reports, messages }: Taken,
  { clusters }: MeasuredFleet,
  { mgmt, agent, broker }: Readonly<Record<'mgmt' | 'agent' | 'broker', PerCluster>>,
  { sealMs, openMs }: Findings['crypto'],
): typeof nothing {
  const perCluster = (count: number): number => count / seconds / clusters;
  const [all, told, answers] = [perCluster(messages / 2), perCluster(words), perCluster(messages / 2 - words - reports)];
  return {
    eachMs: Math.max(0, (mgmt.each - told * sealMs - (all - told) * openMs) / all),
    lookMs: (agent.each - (told - answers) * openMs - answers * (openMs + sealMs)) / perCluster(looks),
    messageMs: broker.each / (2 * all),
  };
}

/** Through two points, without anything below nothing. */
function line([few, small]: readonly [number, number], [many, large]: readonly [number, number]): PerCluster {
  const each = Math.max(0, (large - small) / (many - few));
  return { each, fixed: Math.max(0, small - each * few) };
}
