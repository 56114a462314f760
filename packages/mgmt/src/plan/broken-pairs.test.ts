import type { BrokenPairs } from '@reroot/shared/api';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rootA, rootB, samplePolicy } from '../rotation/evidence-sample.ts';
import { areAdjacent, excludeCluster, isReleased, memberAssignmentOf, newRecord, requestStart } from '../rotation/index.ts';
import { findBreaks } from './broken-pairs.ts';
import { planRotation } from './plan-rotation.ts';
import { pathOfMember } from './row-paths.ts';
import type { Run } from './testing/run-rotation.ts';
import { runRotation } from './testing/run-rotation.ts';
import { ask, planFacts } from './testing/sample-facts.ts';
import { planTimeline } from './timeline.ts';

const startMs = Date.UTC(2027, 0, 4, 1, 30);
const names = ['a', 'b', 'c', 'd', 'e', 'f'];
const root = (from: typeof rootA) => ({ ...from, notBeforeMs: 0, notAfterMs: startMs + 900 * 86_400_000 });

describe('pairs that break', () => {
  it('are those that the rows of a real run say, from the same moments on', () => {
    const drawn = fc.record({
      clusters: fc.subarray(names, { minLength: 2 }),
      canaries: fc.subarray(names, { maxLength: 2 }),
      size: fc.integer({ min: 1, max: 3 }),
      soakMs: fc.integer({ min: 0, max: 30 }).map((count) => count * 1_000),
      strategy: fc.constantFrom('MULTI_ROOT' as const, 'NONE' as const),
      away: fc.nat(),
    });
    fc.assert(
      fc.property(drawn, ({ clusters, canaries, size, soakMs, strategy, away }) => {
        const waves = { canaries, soakMs, onFailure: 'stop', size: { kind: 'count', clusters: size } } as const;
        const policy: Run['policy'] = { ...samplePolicy, strategy, waves, silentAfterMs: 35_000 };
        const gone = clusters[away % clusters.length] ?? '';
        const act = { by: 'ann', why: 'so', cause: 'operator', members: clusters } as const;
        const excluded = excludeCluster(newRecord('demo', root(rootA), 0), gone, act, startMs).record;
        const { record } = requestStart(excluded, { rotationId: 'r', target: root(rootB), by: 'ann' }, policy, startMs);
        const proofMs = () => 4_000;
        const held = { roots: [rootA.fingerprint], signer: rootA.fingerprint };

        const seen = new Map<string, number>();
        runRotation({
          ...{ record, clusters, policy, windows: [], startMs, proofMs, answerMs: 1_000, endMs: startMs + 86_400_000 },
          ...{ absent: new Set<string>(), untilMs: startMs },
          onTick: (atMs, now) => {
            for (const other of clusters) {
              if (other === gone || seen.has(other) || !isReleased(now, other)) continue;
              if (!areAdjacent(held, memberAssignmentOf(now, other).row)) seen.set(other, atMs);
            }
          },
        });

        const pace = { proofMs, answerMs: 1_000, verifyMs: 0 };
        const timeline = planTimeline({ record, policy, clusters, startMs, opensAtMs: (ms) => ms, pace, upToDate: new Set() });
        const own = [{ fromMs: startMs, step: 'PREVIOUS_CA', trust: held } as const];
        const planned = clusters.flatMap((other): readonly BrokenPairs[] =>
          findBreaks(gone, own, { clusters: [other], path: pathOfMember(record, timeline, other, startMs) }).slice(0, 1),
        );
        expect(new Map(planned.map(({ others, from }) => [others[0], Date.parse(from)]))).toEqual(seen);
      }),
      { numRuns: 100 },
    );
  });

  it('are none among members, however long one of them is away', () => {
    fc.assert(
      fc.property(fc.subarray(names, { minLength: 2 }), fc.integer({ min: 1, max: 100_000 }), (clusters, seconds) => {
        const facts = planFacts({ clusters, policy: 'waves: { maxClusters: 1, soak: 1m }' });
        const { breaks } = planRotation(facts, ask({ offline: [clusters[0] ?? ''], untilMs: facts.nowMs + seconds * 1_000 }));
        expect(breaks).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });
});
