import type { MeshStatus, RotationPlan } from '@reroot/shared/api';
import { describe, expect, it } from 'vitest';
import { expectUnharmed } from '../scenarios/expect-unharmed.ts';
import type { MeshFleet } from '../scenarios/mesh-fleet.ts';
import { shareFleet } from '../scenarios/share-fleet.ts';
import { untilAsked } from '../scenarios/step-by-step.ts';
import { launchSimulatedMesh } from './simulated-mesh.ts';

const fleetOf = shareFleet(() => launchSimulatedMesh({ clusters: 3, ratePerSecond: 60 }));

/** What a step did: the row that clusters held in the end, and which of them each wave told. */
interface Done {
  readonly step: string;
  readonly waves: readonly (readonly string[])[];
  readonly roots: readonly string[];
  readonly signer: string | undefined;
}

/** Follows a rotation to its end, and notes who was told each step when. */
async function watch(fleet: MeshFleet): Promise<{ readonly done: readonly Done[]; readonly finished: MeshStatus }> {
  const waves = new Map<string, Map<number, readonly string[]>>();
  const held = new Map<string, Pick<Done, 'roots' | 'signer'>>();
  const finished = await fleet.until('FINISHED', ({ state, step, wave, clusters }) => {
    const told = clusters.filter((cluster) => cluster.told?.step === step).map(({ name }) => name);
    if (state === step || state === 'VERIFYING' || state === 'VERIFIED' || state === 'FINISHED') {
      const known = waves.get(step) ?? new Map<number, readonly string[]>();
      known.set(wave.index, told);
      waves.set(step, known);
    }
    const [first] = clusters;
    if (state !== step && first !== undefined) held.set(step, { roots: first.roots, signer: first.signerRoot });
    return state === 'FINISHED';
  });
  const done = [...waves].map(([step, told]): Done => {
    const cumulated = [...told].toSorted(([a], [b]) => a - b).map(([, names]) => names);
    const each = cumulated.map((names, index) => names.filter((name) => cumulated[index - 1]?.includes(name) !== true));
    return { step, waves: each.map((names) => names.toSorted()), roots: [], signer: undefined, ...held.get(step) };
  });
  return { done, finished };
}

const plannedOf = ({ steps }: RotationPlan, newRoot: string): readonly Done[] =>
  steps.map(({ step, waves, row }) => ({
    step,
    waves: waves.map(({ clusters }) => clusters.toSorted()),
    roots: row.roots.map((root) => (root === 'new' ? newRoot : root)),
    signer: row.signer === 'new' ? newRoot : row.signer,
  }));

const spanMs = ({ from, ends }: RotationPlan): number => Date.parse(ends.likely ?? '') - Date.parse(from);

describe('a plan of a simulated fleet', () => {
  it('has the waves, rows and roots of the rotation that then comes, and a time that is of its order', async () => {
    const fleet = fleetOf();
    const soakMs = 1_000;
    // Verification by people keeps each step in sight for long enough to be seen.
    await fleet.setPolicy({
      verification: { manual: {} },
      waves: { canaries: ['cluster-3'], maxClusters: 1, soak: `${soakMs / 1_000}s` },
    });
    const plan = await fleet.api.readPlan('test', {}, fleet.broken);
    const changedNothing = await fleet.status();
    expect([changedNothing.state, changedNothing.roots.length]).toEqual(['NOT_ROTATING', 1]);
    expect(plan.notices.filter(({ severity }) => severity === 'blocks')).toEqual([]);

    const before = await fleet.traffic();
    const startedAtMs = Date.now();
    const { rotation } = await fleet.rotate();
    const answering = answerAll(fleet);
    const { done } = await watch(fleet);
    await answering;
    const tookMs = Date.now() - startedAtMs;
    expect(done).toEqual(plannedOf(plan, rotation?.newRoot ?? ''));

    // Nothing was measured before, so the first estimate is of its order at best; the next rests on what was seen.
    const measured = await fleet.api.readPlan('test', {}, fleet.broken);
    expect(measured.basis[0]).toContain(`3 waves of rotation ${rotation?.id ?? ''}`);
    expect(spanMs(plan)).toBeGreaterThan(6 * soakMs);
    for (const [estimate, factor] of [
      [plan, 30],
      [measured, 10],
    ] as const) {
      expect(spanMs(estimate)).toBeLessThan(tookMs * factor);
      expect(spanMs(estimate)).toBeGreaterThan(tookMs / factor);
    }
    await expectUnharmed(fleet, before, rotation?.newRoot);
  });

  it('shows what is left while a rotation is under way, and what an outage would do to it', async () => {
    const fleet = fleetOf();
    await fleet.setPolicy({ verification: { manual: {} }, waves: { canaries: ['cluster-3'] } });
    const { rotation } = await fleet.rotate();
    const first = await untilAsked(fleet, 'ADDING_NEW_ROOT');
    const excluded = await fleet.api.readPlan('test', { exclude: ['cluster-1'] }, fleet.broken);
    const broken = { cluster: 'cluster-1', step: 'DELETING_OLD_ROOT', refuses: 'others' };
    expect(excluded.breaks).toMatchObject(['cluster-2', 'cluster-3'].map((other) => ({ ...broken, others: [other] })));
    await fleet.answer(first, 'CONTINUE');
    await untilAsked(fleet, 'PROPAGATING_NEW_INTERMEDIATE');
    const rest = await fleet.api.readPlan('test', { offline: ['cluster-1'], until: '1h' }, fleet.broken);
    expect(rest).toMatchObject({ of: 'rest', rotationId: rotation?.id, whatIf: { outcome: 'stops' }, breaks: [] });
    expect(rest.steps.map(({ step }) => step)).toEqual(['PROPAGATING_NEW_INTERMEDIATE', 'DELETING_OLD_ROOT']);
    const answering = answerAll(fleet);
    await fleet.until('FINISHED', ({ state }) => state === 'FINISHED');
    await answering;
    await fleet.setPolicy({});
  });
});

/** Lets every step pass that waits for an answer, a moment after it does. */
async function answerAll(fleet: MeshFleet): Promise<void> {
  for (;;) {
    const status = await fleet.until(
      'an answer to be waited for',
      ({ state, verdict }) => state === 'FINISHED' || verdict.reason === 'AwaitingVerification',
    );
    if (status.state === 'FINISHED') return;
    // Whoever watches looks several times meanwhile.
    await fleet.look('the step to be seen', createDelay(4));
    await fleet.answer(status, 'CONTINUE');
  }
}

/** Gives something when it was asked so many times. */
function createDelay(times: number): () => Promise<true | undefined> {
  let left = times;
  return async () => {
    left -= 1;
    return left < 0 ? true : undefined;
  };
}
