import { describe, expect, it } from 'vitest';
import { calibrate, type Findings, predictPeakMb } from './calibrate.ts';
import { type Costs, multiRootSteps } from './costs.ts';
import { type FleetPlan, simulateRest, simulateRotation, type Taken } from './fleet-model.ts';
import type { MeasuredFleet, Use } from './measure-fleet.ts';
import { pace, stretched, usualIntervals } from './usual.ts';

const real: Costs = {
  mgmt: {
    ...{ again: 0.6, secondMs: 3, wordMs: 0.35, hearMs: 0.4, signMs: 2, moveMs: 4 },
    mainShare: 0.8,
  },
  agent: { hearMs: 0.1, answerMs: 0.15, lookMs: 5, again: 0.6, mainShare: 0.7 },
  broker: { again: 4, secondMs: 0.5, messageMs: 0.05 },
};
const surroundings = {
  pace,
  cores: 2,
  others: 0,
  seed: 'test',
  steps: multiRootSteps,
  agents: { kind: 'shared', perProcess: 500 },
} as const;
const intervals = usualIntervals();
const often = stretched(intervals, 0.2);

function planFor(clusters: number, costs: Costs = real): FleetPlan {
  return { ...surroundings, slowdown: 1.4, others: 0, clusters, costs, intervals };
}

const useOf = ({ seconds, cpu, messages }: Taken): Use => ({ seconds, cpu, messages, bytes: messages * 2_000 });

/** As if a fleet with these costs had been measured. */
function measured(clusters: number): MeasuredFleet {
  const plan = planFor(clusters);
  return {
    ...{ clusters, others: 0, mainShare: { mgmt: 0.8, crowd: 0.7 } },
    ...{ rest: useOf(simulateRest(plan, 100)), rotation: useOf(simulateRotation(plan)) },
    memory: { liveMb: 70 + 0.05 * clusters, usedMb: 1.5 * (70 + 0.05 * clusters), peakMb: 200 + 0.075 * clusters },
  };
}

function findFrom(): Findings {
  const crypto = { sealMs: 0.05, openMs: 0.1, issueMs: 2 };
  const dense = { intervals: often, rest: useOf(simulateRest({ ...planFor(100), intervals: often }, 100)) };
  return { small: measured(5), large: measured(100), dense, crypto, slowdown: 1.4, intervals };
}

describe('calibrating', () => {
  it('finds what was given, and predicts a fleet four times as large', () => {
    const { costs } = calibrate(findFrom(), surroundings);
    const near = (value: number, wanted: number): void => {
      expect(value / wanted).toBeGreaterThan(0.9);
      expect(value / wanted).toBeLessThan(1.1);
    };
    const [found, wanted] = [costs, real].map((each) => simulateRotation(planFor(400, each)));
    const [atRest, wantedAtRest] = [costs, real].map((each) => simulateRest(planFor(400, each), 60));
    for (const part of ['mgmt', 'crowd', 'broker'] as const) {
      near(found!.cpu[part], wanted!.cpu[part]);
      near(atRest!.cpu[part], wantedAtRest!.cpu[part]);
    }
    near(found!.seconds, wanted!.seconds);
    near(costs.mgmt.again, real.mgmt.again);
    near(costs.broker.again, real.broker.again);
    near(costs.agent.again, real.agent.again);
  });

  it('finds by the time that a rotation took how much other programs got of the cores', () => {
    const findings = findFrom();
    const busy = { ...planFor(100), others: 6 };
    const rotation = useOf(simulateRotation(busy));
    const large = { ...findings.large, rotation, others: 12 };
    const { othersWeight } = calibrate({ ...findings, large }, surroundings);
    expect(othersWeight).toBeGreaterThan(0.35);
    expect(othersWeight).toBeLessThan(0.65);
  });

  it('takes what is known of a single piece of work as it is, and never less than nothing for what is left over', () => {
    const { small, large, ...findings } = findFrom();
    const cheap = (fleet: MeasuredFleet): MeasuredFleet => ({
      ...fleet,
      rotation: { ...fleet.rotation, cpu: { mgmt: 0, broker: 0, crowd: 0 } },
    });
    const { costs } = calibrate({ ...findings, small: cheap(small), large: cheap(large) }, surroundings);
    expect(costs.mgmt).toMatchObject({ signMs: 2, wordMs: 0.05, hearMs: 0.1, moveMs: 0 });
    expect(costs.agent.lookMs).toBe(0);
  });
});

describe('the memory of mgmt', () => {
  it('grows by what is in use for each cluster, the garbage of the small fleet in proportion, and what waits', () => {
    expect(predictPeakMb(findFrom(), 100, 0)).toBeCloseTo(207.5, 6);
    expect(predictPeakMb(findFrom(), 1_100, 20)).toBeCloseTo(207.5 + 1_000 * 0.05 * 1.5 + 20, 6);
  });
});
