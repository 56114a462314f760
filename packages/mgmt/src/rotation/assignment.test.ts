import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignmentOf } from './assignment.ts';
import type { RotationRecord } from './record.ts';
import { anyEvents, anyPolicy } from './testing/random-events.ts';
import { happen, newWorld } from './testing/random-world.ts';
import { holds } from './testing/sample-run.ts';

/** Remembers what every cluster was ever told, and objects to what an agent would refuse. */
function createMemory(): (record: RotationRecord, clusters: readonly string[]) => void {
  const rows = new Map<string, string>();
  const highest = new Map<string, number>();
  return (record, clusters) => {
    for (const cluster of clusters) {
      const told = assignmentOf(record, cluster);
      if (told === undefined) continue;
      const { row, generation } = told;
      const key = `${cluster} at ${generation}`;
      const text = holds({ ...row, roots: row.roots.toSorted() });
      expect([key, rows.get(key) ?? text]).toEqual([key, text]);
      rows.set(key, text);
      expect(generation, `${cluster} is told a generation`).toBeGreaterThanOrEqual(highest.get(cluster) ?? 0);
      expect(generation).toBeLessThanOrEqual(record.lastGeneration);
      highest.set(cluster, generation);
    }
  };
}

describe('what a cluster is told', () => {
  it('is never two rows under one generation, nor a generation lower than before, whatever happens in whatever order', () => {
    fc.assert(
      fc.property(anyPolicy, anyEvents, (policy, events) => {
        const world = newWorld(policy);
        const look = createMemory();
        look(world.record, world.clusters);
        for (const event of events) happen(world, event, (_, { record }) => look(record, world.clusters));
      }),
      { numRuns: 500 },
    );
  });
});
