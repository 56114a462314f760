import type { Step } from '@reroot/shared/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type MaintenanceWindow, windowAt } from '../mesh/maintenance-window.ts';
import { rootA, rootB, samplePolicy } from '../rotation/evidence-sample.ts';
import { excludeCluster, newRecord, type RotationRecord, requestStart } from '../rotation/index.ts';
import type { Absence } from './absence.ts';
import { type RanRotation, type Released, type Run, runRotation } from './testing/run-rotation.ts';
import { planTimeline, type Timeline } from './timeline.ts';

const startMs = Date.UTC(2027, 0, 4, 1, 30);
const dayMs = 86_400_000;
const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const root = (from: typeof rootA) => ({ ...from, notBeforeMs: 0, notAfterMs: startMs + 900 * dayMs });

const seconds = (max: number, min = 1) => fc.integer({ min, max }).map((count) => count * 1_000);

const anyWindows: fc.Arbitrary<readonly MaintenanceWindow[]> = fc.oneof(
  { weight: 2, arbitrary: fc.constant([]) },
  {
    weight: 1,
    arbitrary: fc
      .record({
        cron: fc.constantFrom('*/10 * * * *', '0 * * * *', '40 * * * *'),
        durationMs: fc.constantFrom(60_000, 300_000),
        timeZone: fc.constant('UTC'),
      })
      .map((window) => [window]),
  },
);

/** A rotation, the fleet that it meets, and how fast that is. */
const anyRotation = fc
  .record({
    clusters: fc.subarray(names, { minLength: 1 }),
    canaries: fc.subarray(names, { maxLength: 3 }),
    excluded: fc.subarray(names, { maxLength: 2 }),
    strategy: fc.constantFrom('MULTI_ROOT' as const, 'MULTI_ROOT' as const, 'NONE' as const),
    verification: fc.constantFrom('none' as const, 'manual' as const),
    size: fc.oneof(
      fc.constant({ kind: 'all' } as const),
      fc.integer({ min: 1, max: 3 }).map((count) => ({ kind: 'count', clusters: count }) as const),
      fc.integer({ min: 1, max: 100 }).map((percent) => ({ kind: 'share', percent }) as const),
    ),
    soakMs: fc.oneof(fc.constant(0), seconds(60)),
    minimumOverlapMs: fc.oneof(fc.constant(0), seconds(120)),
    windows: anyWindows,
    proof: fc.array(seconds(20), { minLength: names.length, maxLength: names.length }),
    answerMs: seconds(5),
  })
  .map((drawn) => ({ ...drawn, run: runOf(drawn) }));

interface Drawn {
  readonly clusters: readonly string[];
  readonly canaries: readonly string[];
  readonly excluded: readonly string[];
  readonly strategy: 'MULTI_ROOT' | 'NONE';
  readonly verification: 'none' | 'manual';
  readonly size: Run['policy']['waves']['size'];
  readonly soakMs: number;
  readonly minimumOverlapMs: number;
  readonly windows: readonly MaintenanceWindow[];
  readonly proof: readonly number[];
  readonly answerMs: number;
}

function runOf(drawn: Drawn): Run {
  const { clusters, canaries, strategy, verification, size, soakMs, minimumOverlapMs, windows, proof, answerMs } = drawn;
  const policy: Run['policy'] = {
    ...samplePolicy,
    ...{ strategy, verification, minimumOverlapMs, silentAfterMs: 35_000 },
    waves: { canaries, size, soakMs, onFailure: 'stop' },
  };
  let record = newRecord('demo', root(rootA), 0);
  for (const cluster of drawn.excluded.filter((name) => clusters.includes(name)).slice(0, clusters.length - 1)) {
    const act = { by: 'ann', why: 'so', cause: 'operator', members: clusters } as const;
    record = excludeCluster(record, cluster, act, startMs - 1).record;
  }
  record = requestStart(record, { rotationId: 'r', target: root(rootB), by: 'ann' }, policy, startMs).record;
  const late: Readonly<Record<Step, number>> = {
    PREVIOUS_CA: 0,
    ADDING_NEW_ROOT: 0,
    PROPAGATING_NEW_INTERMEDIATE: 3_000,
    DELETING_OLD_ROOT: 1_000,
  };
  const proofMs = (step: Step, cluster: string): number => (proof[names.indexOf(cluster)] ?? 0) + late[step];
  return {
    ...{ record, clusters, policy, windows, startMs, proofMs, answerMs },
    ...{ absent: new Set<string>(), untilMs: startMs, endMs: startMs + 60 * dayMs },
  };
}

interface Moment {
  readonly atMs: number;
  readonly record: RotationRecord;
  readonly holding: ReadonlySet<string>;
}

function planOf(run: Run, absence?: Absence, moment?: Moment): Timeline {
  const { record, atMs: fromMs, holding } = moment ?? { record: run.record, atMs: run.startMs, holding: new Set(run.clusters) };
  return planTimeline({
    ...{ record, policy: run.policy, clusters: run.clusters, startMs: fromMs, upToDate: holding, absence },
    opensAtMs: (atMs) => {
      const window = windowAt(run.windows, atMs);
      return window.kind === 'open' ? atMs : (window.opensAtMs ?? Number.POSITIVE_INFINITY);
    },
    pace: {
      proofMs: (step, clusters) => Math.max(0, ...clusters.map((cluster) => run.proofMs(step, cluster))),
      answerMs: run.answerMs,
      verifyMs: 0,
    },
  });
}

function wavesOf({ steps }: Timeline): Released[] {
  return steps.flatMap(({ step, waves }) =>
    waves
      .filter(({ releasedMs, progress }) => Number.isFinite(releasedMs) && progress === 'to-come')
      .map(({ index, through, clusters, releasedMs }) => ({
        step,
        index,
        through,
        clusters: clusters.toSorted(),
        atMs: releasedMs,
      })),
  );
}

function expectAlike(plan: Timeline, ran: RanRotation): void {
  expect(wavesOf(plan)).toEqual(ran.waves);
  expect(Number.isFinite(plan.endsMs) ? plan.endsMs : undefined).toEqual(ran.endsMs);
}

describe('a timeline', () => {
  it('has the waves that decide releases, at the moments at which it does', () => {
    fc.assert(
      fc.property(anyRotation, ({ run }) => {
        expectAlike(planOf(run), runRotation(run));
      }),
      { numRuns: 50 },
    );
  });

  it('has the rest of them from any moment of a rotation on', () => {
    fc.assert(
      fc.property(anyRotation, fc.nat(), ({ run }, pick) => {
        const moments: Moment[] = [];
        const ran = runRotation({ ...run, onTick: (atMs, record, holding) => moments.push({ atMs, record, holding }) });
        const moment = moments[pick % moments.length]!;
        if (moment.record.state === 'FINISHED') return;
        const rest = { ...ran, waves: ran.waves.filter((wave) => wave.atMs > moment.atMs) };
        expectAlike(planOf(run, undefined, moment), rest);
      }),
      { numRuns: 50 },
    );
  });

  const away = fc.record({
    absent: fc.subarray(names, { minLength: 1, maxLength: 3 }),
    awayMs: seconds(600, 1),
    policy: fc.constantFrom('wait' as const, 'exclude' as const),
  });

  it('stands still where decide does while clusters are away, and goes on without those that it excludes', () => {
    fc.assert(
      fc.property(anyRotation, away, ({ run }, { absent, awayMs, policy }) => {
        const gone = new Set(absent.filter((name) => run.clusters.includes(name) && run.record.deviations[name] === undefined));
        const afterMs = 60_000;
        const members = run.clusters.filter((name) => run.record.deviations[name] === undefined).length;
        const excludes = policy === 'exclude' && (members - gone.size) * 2 > members;
        // One that is excluded and comes back is led back beside the waves: only what it misses is of interest here.
        const untilMs = excludes ? run.endMs : run.startMs + awayMs;
        const silentClusters = excludes ? ({ kind: 'exclude', afterMs } as const) : ({ kind: 'wait' } as const);
        const whole = { ...run, absent: gone, untilMs, policy: { ...run.policy, silentClusters } };
        const excludedAtMs = excludes ? run.startMs + afterMs : Number.POSITIVE_INFINITY;
        const absence = { clusters: gone, fromMs: run.startMs, untilMs, excludedAtMs };
        expectAlike(planOf(whole, absence), runRotation(whole));
      }),
      { numRuns: 50 },
    );
  });
});
