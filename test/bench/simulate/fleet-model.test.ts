import { describe, expect, it } from 'vitest';
import { type Costs, multiRootSteps } from './costs.ts';
import { type FleetPlan, simulateRest, simulateRotation, type Taken } from './fleet-model.ts';
import { pace, stretched, usualIntervals } from './usual.ts';

const free: Costs = {
  mgmt: { again: 1, secondMs: 0, wordMs: 0, hearMs: 0, signMs: 0, moveMs: 0, mainShare: 1 },
  agent: { hearMs: 0, answerMs: 0, lookMs: 0, again: 1, mainShare: 1 },
  broker: { again: 1, secondMs: 0, messageMs: 0 },
};
const some: Costs = {
  mgmt: { ...free.mgmt, secondMs: 5, wordMs: 0.1, hearMs: 0.6, signMs: 2, moveMs: 10, mainShare: 0.8 },
  agent: { hearMs: 0.1, answerMs: 0.2, lookMs: 6, again: 0.4, mainShare: 0.8 },
  broker: { again: 1, secondMs: 1, messageMs: 0.05 },
};

function planFor(clusters: number, change: Partial<FleetPlan> = {}): FleetPlan {
  return {
    ...{ clusters, costs: some, intervals: usualIntervals(), pace, cores: 2, slowdown: 1, others: 0, seed: 'test' },
    ...{ steps: multiRootSteps, agents: { kind: 'shared', perProcess: 500 } },
    ...change,
  };
}

describe('a simulated fleet at rest', () => {
  it('says as little as mgmt and the agents do', () => {
    const { words, looks, reports, messages } = simulateRest(planFor(100), 60);
    // Trust and terms once a minute; a report in ten seconds and after each trust; a look in ten seconds and after each trust.
    expect([words, reports, looks].map((count) => Math.round(count / 100))).toEqual([2, 7, 7]);
    // In and out each, the answers to terms among them; a few are on their way.
    expect(Math.abs(messages - 2 * (words + words / 2 + reports))).toBeLessThan(20);
  });

  it('takes mgmt time in proportion to the clusters', () => {
    const of = (clusters: number): number => simulateRest(planFor(clusters), 60).cpu.mgmt - (60 * some.mgmt.secondMs) / 1_000;
    expect(of(400) / of(100)).toBeCloseTo(4, 0);
  });

  it('takes as much more as it costs to say something again, which little is in a rotation', () => {
    const costs = { ...some, mgmt: { ...some.mgmt, again: 4 } };
    const ratio = (of: (plan: FleetPlan) => Taken): number => of(planFor(200, { costs })).cpu.mgmt / of(planFor(200)).cpu.mgmt;
    const [rest, rotation] = [ratio((plan) => simulateRest(plan, 60)), ratio(simulateRotation)];
    expect(rest).toBeGreaterThan(3);
    expect(rotation).toBeLessThan(1.3);
  });

  it('has mgmt read what was said before once a minute, for what news cost', () => {
    const costs = { ...free, mgmt: { ...free.mgmt, again: 0.1, hearMs: 1 } };
    const msOfReport = (factor: number): number => {
      const intervals = stretched(usualIntervals(), factor);
      const { cpu, reports } = simulateRest(planFor(200, { costs, intervals }), 600);
      return (cpu.mgmt * 1_000) / reports;
    };
    // Of seven in a minute one is read; of those that come more seldom than once a minute all are, but for the few that are said when an agent is told again.
    expect(msOfReport(1)).toBeGreaterThan(0.2);
    expect(msOfReport(1)).toBeLessThan(0.3);
    expect(msOfReport(8)).toBeGreaterThan(0.8);
  });

  it('comes out the same for the same seed, and otherwise for another', () => {
    const [one, again, other] = ['a', 'a', 'b'].map((seed) => simulateRest(planFor(20, { seed }), 30));
    expect(again).toEqual(one);
    expect(other).not.toEqual(one);
  });

  it('has its agents look less often once the cores are too few for them', () => {
    const slow = { ...some, agent: { ...some.agent, lookMs: 125 } };
    const [crowded, roomy] = [1, 64].map((cores) => simulateRest(planFor(300, { cores, costs: slow }), 60)) as [Taken, Taken];
    expect(crowded.looks).toBeLessThan(0.8 * roomy.looks);
  });
});

describe('a simulated rotation', () => {
  it('takes what agents wait for on purpose where nothing costs anything', () => {
    const { seconds, end } = simulateRotation(planFor(3, { costs: free }));
    // Five looks that each come 200 ms after what called for them, one in the first step and two in each of the others.
    expect([seconds, end]).toEqual([1, 'finished']);
  });

  it('has one signature, three words and five looks that something new has called for, for each cluster', () => {
    const costs = { ...free, mgmt: { ...free.mgmt, signMs: 3 }, agent: { ...free.agent, lookMs: 7 } };
    const { cpu, words } = simulateRotation(planFor(10, { costs }));
    expect(cpu.mgmt).toBeCloseTo(0.03, 5);
    expect(cpu.crowd).toBeCloseTo(0.35, 5);
    expect(words).toBeGreaterThanOrEqual(30);
    expect(words).toBeLessThan(36);
  });

  it('takes longer in proportion while the agents share the cores, and longer still by what is said again meanwhile', () => {
    const rare = stretched(usualIntervals(), 10);
    const agents = { kind: 'shared', perProcess: 100 } as const;
    const seconds = (clusters: number, intervals = rare): number =>
      simulateRotation(planFor(clusters, { intervals, agents })).seconds;
    const [small, large] = [seconds(400), seconds(800)];
    expect(large / small).toBeGreaterThan(1.7);
    expect(large / small).toBeLessThan(2.1);
    expect(seconds(800, usualIntervals()) / large).toBeGreaterThan(1.04);
  });

  it('waits for mgmt alone where agents have machines of their own', () => {
    const own = { kind: 'own', broker: 'one' } as const;
    const { seconds, cpu } = simulateRotation(planFor(500, { agents: own }));
    const mainSeconds = (cpu.mgmt - 500 * (some.mgmt.signMs / 1_000)) * some.mgmt.mainShare;
    expect(seconds).toBeGreaterThan(mainSeconds);
    expect(seconds).toBeLessThan(mainSeconds + 3);
  });

  it('tells again, after a second, those that still report what held before', () => {
    // An agent is always in the middle of a look here, and reports the former generation when it is over.
    const costs = { ...free, agent: { ...free.agent, lookMs: 3_000 } };
    const intervals = { ...usualIntervals(), reportIntervalMs: 2_000, resyncMs: 1_000_000 };
    const agents = { kind: 'own', broker: 'one' } as const;
    const { words } = simulateRotation(planFor(100, { costs, intervals, agents }));
    expect(words).toBeGreaterThan(350);
  });

  it('does not finish while clusters are silent for longer than counts', () => {
    const rare = stretched(usualIntervals(), 10);
    const silent = { ...rare, silentAfterMs: 1 };
    expect(simulateRotation(planFor(50, { intervals: silent }), 120_000)).toMatchObject({ end: 'late', seconds: 120 });
    expect(simulateRotation(planFor(50, { intervals: rare }), 120_000).end).toBe('finished');
  });
});
