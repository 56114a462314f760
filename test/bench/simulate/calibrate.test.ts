import { describe, expect, it } from 'vitest';
import { calibrate, type Findings, predictPeakMb } from './calibrate.ts';
import { type Costs, multiRootSteps, type Protocol } from './costs.ts';
import { type FleetPlan, simulateRest, simulateRotation, type Taken } from './fleet-model.ts';
import type { MeasuredFleet, Use } from './measure-fleet.ts';
import { pace, usualIntervals } from './usual.ts';

const real: Costs = {
  mgmt: {
    ...{ secondMs: 8, wordMs: 0.12, hearMs: 0.2, newsMs: 1.5, signMs: 2, moveMs: 12, statusMs: { fixed: 1, each: 0.01 } },
    mainShare: 0.8,
  },
  agent: { hearMs: 0.1, answerMs: 0.15, lookMs: 3, actMs: 12, mainShare: 0.7 },
  broker: { secondMs: 2, messageMs: 0.05 },
};
const surroundings = {
  pace,
  cores: 2,
  slowdown: 1.4,
  others: 0,
  seed: 'test',
  agents: { kind: 'shared', perProcess: 500 },
} as const;
const intervals = usualIntervals();

function planFor(clusters: number, told: Protocol['told'], costs: Costs = real): FleetPlan {
  return { ...surroundings, others: 0, clusters, costs, intervals, protocol: { steps: multiRootSteps, told } };
}

const useOf = ({ seconds, cpu, messages }: Taken): Use => ({ seconds, cpu, messages, bytes: messages * 2_000 });

/** As if a fleet with these costs had been measured. */
function measured(clusters: number, told: Protocol['told']): MeasuredFleet {
  const plan = planFor(clusters, told);
  return {
    ...{ clusters, others: 0, slowdown: 1.4, statusMs: 1 + 0.01 * clusters, mainShare: { mgmt: 0.8, crowd: 0.7 } },
    ...{ rest: useOf(simulateRest(plan, 100)), rotation: useOf(simulateRotation(plan)) },
    memory: { liveMb: 70 + 0.05 * clusters, usedMb: 1.5 * (70 + 0.05 * clusters), peakMb: 200 + 0.075 * clusters },
  };
}

function findingsOf(told: Protocol['told']): Findings {
  const crypto = { sealMs: 0.05, openMs: 0.1, issueMs: 2 };
  return { small: measured(5, told), large: measured(100, told), crypto, intervals };
}

describe('calibrating', () => {
  for (const told of ['step', 'move'] as const) {
    it(`finds how often clusters are told (once in each ${told}), and predicts a fleet four times as large`, () => {
      const { costs, protocol } = calibrate(findingsOf(told), surroundings, multiRootSteps);
      expect(protocol.told).toBe(told);
      const [found, wanted] = [costs, real].map((each) => simulateRotation(planFor(400, told, each)));
      for (const part of ['mgmt', 'crowd', 'broker'] as const) {
        expect(found!.cpu[part] / wanted!.cpu[part]).toBeGreaterThan(0.9);
        expect(found!.cpu[part] / wanted!.cpu[part]).toBeLessThan(1.1);
      }
      const [atRest, wantedAtRest] = [costs, real].map((each) => simulateRest(planFor(400, told, each), 60));
      expect(atRest!.cpu.mgmt / wantedAtRest!.cpu.mgmt).toBeCloseTo(1, 1);
      expect(atRest!.cpu.crowd / wantedAtRest!.cpu.crowd).toBeCloseTo(1, 1);
      expect(found!.seconds / wanted!.seconds).toBeGreaterThan(0.9);
      expect(found!.seconds / wanted!.seconds).toBeLessThan(1.1);
    });
  }

  it('finds by the time that a rotation took how much other programs got of the cores', () => {
    const findings = findingsOf('step');
    const busy = { ...planFor(100, 'step'), others: 6 };
    const rotation = useOf(simulateRotation(busy));
    const large = { ...findings.large, rotation, others: 12 };
    const { othersWeight } = calibrate({ ...findings, large }, surroundings, multiRootSteps);
    expect(othersWeight).toBeGreaterThan(0.4);
    expect(othersWeight).toBeLessThan(0.6);
  });

  it('takes what is known of a single piece of work as it is, and never less than nothing for what is left over', () => {
    const { small, large, ...findings } = findingsOf('step');
    const cheap = (fleet: MeasuredFleet): MeasuredFleet => ({
      ...fleet,
      rotation: { ...fleet.rotation, cpu: { mgmt: 0, broker: 0, crowd: 0 } },
    });
    const { costs } = calibrate({ ...findings, small: cheap(small), large: cheap(large) }, surroundings, multiRootSteps);
    expect(costs.mgmt).toMatchObject({ signMs: 2, newsMs: 0, moveMs: 0 });
    expect(costs.agent.actMs).toBe(0);
  });
});

describe('the memory of mgmt', () => {
  it('grows by what is in use for each cluster, the garbage of the small fleet in proportion, and what waits', () => {
    expect(predictPeakMb(findingsOf('step'), 100, 0)).toBeCloseTo(207.5, 6);
    expect(predictPeakMb(findingsOf('step'), 1_100, 20)).toBeCloseTo(207.5 + 1_000 * 0.05 * 1.5 + 20, 6);
  });
});
