import { sha256Hex } from '@reroot/shared/pki';
import { describe, expect, it } from 'vitest';
import { planBounds } from './draw.ts';
import { durationOf, faultKinds, installations, phases, usualFaultKinds } from './fault.ts';
import { kindsOf } from './make-fault.ts';
import { makePlan } from './plan.ts';
import { tellPlan } from './tell-plan.ts';

const seeds = Array.from({ length: 500 }, (_, index) => index * 7_919);
const plans = seeds.map((seed) => makePlan(seed, faultKinds));

describe('the plan of a run', () => {
  it('is the same for the same seed, in whatever order the kinds are named', () => {
    const turned = seeds.map((seed) => makePlan(seed, [...faultKinds.toReversed(), ...faultKinds]));
    expect(turned).toEqual(plans);
  });

  it('is another for another seed', () => {
    const different = new Set(plans.map((plan) => JSON.stringify({ ...plan, seed: 0 })));
    expect(different.size).toBe(seeds.length);
  });

  it('is what it was before for the seeds that are written down', () => {
    const written = Array.from({ length: 100 }, (_, index) => makePlan(5_000 + index, usualFaultKinds));
    // Another digest here means that no failing seed of before can be made again, and that docs/chaos.md must say so.
    expect(sha256Hex(Buffer.from(JSON.stringify(written)))).toBe(
      'd89ad762c977cddd4c02d061fbc280740c87c8a15b2a569e30cd697c263711f2',
    );
  });

  it('is data: what was written down and read again is the plan', () => {
    expect(JSON.parse(JSON.stringify(plans))).toEqual(plans);
  });

  it('keeps within its bounds, and has its faults in the order of their moments', () => {
    for (const { faults, goal } of plans) {
      expect(faults.length).toBeGreaterThanOrEqual(planBounds.leastFaults);
      expect(faults.length).toBeLessThanOrEqual(planBounds.mostFaults);
      for (const { afterMs, fault } of faults) {
        expect(afterMs).toBeLessThanOrEqual(planBounds.mostAfterMs);
        expect(durationOf(fault)).toBeLessThanOrEqual(planBounds.mostForMs);
      }
      const places = faults.map(({ phase }) => phases.indexOf(phase));
      expect(places).toEqual(places.toSorted((a, b) => a - b));
      if (goal.kind === 'forward') expect(faults.map(({ phase }) => phase)).not.toContain('ROLLING_BACK');
    }
  });

  it('makes every kind of fault in every moment, for one seed or another', () => {
    const made = new Set(plans.flatMap(({ faults }) => faults.map(({ phase, fault }) => `${fault.kind} ${phase}`)));
    const possible = faultKinds.flatMap((kind) => phases.map((phase) => `${kind} ${phase}`));
    // Nobody asks the other system where a person has to turn the rotation round.
    expect([...made].toSorted()).toEqual(possible.filter((each) => each !== 'gate ROLLING_BACK').toSorted());
  });

  it('never kills the clusters, which could not come back', () => {
    const killed = plans.flatMap(({ faults }) => faults.flatMap(({ fault }) => (fault.kind === 'kill' ? [fault.part] : [])));
    expect(new Set(killed)).toEqual(new Set(['mgmt', 'mgmt-2', 'cluster-1', 'cluster-2', 'cluster-3']));
  });

  it('has a person answer wherever the rotation is to be turned round', () => {
    const turned = plans.filter(({ goal }) => goal.kind === 'back');
    expect(turned.length).toBeGreaterThan(100);
    expect(new Set(turned.map(({ verification }) => verification.kind))).toEqual(new Set(['manual']));
  });

  it('has nothing happen to an installation that it cannot suffer, nor to a mgmt that it has not', () => {
    for (const { installation, verification, faults } of plans) {
      for (const { fault } of faults) {
        expect(kindsOf(installation)).toContain(fault.kind);
        if (installation === 'alone') expect(JSON.stringify(fault)).not.toContain('mgmt-2');
        if (fault.kind === 'gate') expect(verification.kind).toBe('automatic');
      }
    }
    for (const installation of installations)
      expect(plans.filter((plan) => plan.installation === installation).length).toBeGreaterThan(100);
  });

  it('has one installation for seeds that follow one another, so that their runs can share a fleet', () => {
    const neighbours = Array.from({ length: 8 }, (_, index) => makePlan(4_000 + index, faultKinds).installation);
    expect(new Set(neighbours).size).toBe(1);
  });

  it('comes to faults of a kind that one installation alone can suffer when no others are wanted', () => {
    expect(new Set(seeds.map((seed) => makePlan(seed, ['store-way']).installation))).toEqual(new Set(['replicated']));
    expect(new Set(seeds.map((seed) => makePlan(seed, ['disk-full']).installation))).toEqual(new Set(['alone']));
  });

  it('has the wanted kinds of faults and no others', () => {
    const kinds = seeds.flatMap((seed) => makePlan(seed, ['kill', 'pause']).faults.map(({ fault }) => fault.kind));
    expect(new Set(kinds)).toEqual(new Set(['kill', 'pause']));
    expect(makePlan(1, []).faults).toEqual([]);
  });

  it('is told as a story with a line for each fault', () => {
    for (const plan of plans) {
      const lines = tellPlan(plan);
      expect(lines).toHaveLength(plan.faults.length + 1);
      expect(lines.join('\n')).not.toMatch(/undefined|NaN|\[object/);
    }
  });
});
