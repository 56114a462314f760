import { describe, expect, it } from 'vitest';
import { brokenPairs, type ModelOptions, startWorld, successors, type World } from './model-world.ts';
import { rowOf } from './row.ts';

/** Explores every world that can follow, breadth first, and gives back the first broken one with its trace. */
function explore(
  options: ModelOptions,
  next = successors,
): { worlds: number; states: Set<string>; broken: string[] | undefined } {
  const start = startWorld(options);
  const cameFrom = new Map<string, { before: string; name: string } | undefined>([[keyOf(start), undefined]]);
  const states = new Set<string>();
  let frontier: World[] = [start];
  while (frontier.length > 0) {
    const found: World[] = [];
    for (const world of frontier) {
      states.add(world.record.state);
      const key = keyOf(world);
      if (brokenPairs(world).length > 0)
        return { worlds: cameFrom.size, states, broken: [...traceTo(key, cameFrom), ...brokenPairs(world)] };
      for (const { name, world: after } of next(world, options)) {
        const afterKey = keyOf(after);
        if (cameFrom.has(afterKey)) continue;
        cameFrom.set(afterKey, { before: key, name });
        found.push(after);
      }
    }
    frontier = found;
  }
  return { worlds: cameFrom.size, states, broken: undefined };
}

/** Which desired trusts were published follows from the way the record went, so it is part of the key. */
function keyOf({ record, published, clusters, reports }: World): string {
  const cluster = (c: World['clusters'][number] | undefined): string =>
    c === undefined
      ? '-'
      : [c.accepted.generation, c.written, ...c.replicas]
          .map((part) => (typeof part === 'object' ? Object.values(part).join('') : part))
          .join() +
        c.trusts +
        c.leaf;
  const rows = published.map(({ row }) => row.step[0]).join('');
  return [
    record.state,
    record.step,
    record.direction,
    record.generation,
    rows,
    clusters.map(cluster).join('|'),
    reports.map(cluster).join('|'),
  ].join(';');
}

function traceTo(key: string, cameFrom: ReadonlyMap<string, { before: string; name: string } | undefined>): string[] {
  const step = cameFrom.get(key);
  return step === undefined ? [] : [...traceTo(step.before, cameFrom), step.name];
}

describe('the rotation in every interleaving', () => {
  it.each<ModelOptions>([
    { clusters: 2, replicas: 1, verification: 'none', maxGeneration: 0 },
    { clusters: 2, replicas: 2, verification: 'none', maxGeneration: 0 },
    { clusters: 1, replicas: 3, verification: 'none', maxGeneration: 0 },
    { clusters: 2, replicas: 1, verification: 'manual', maxGeneration: 7 },
    { clusters: 1, replicas: 2, verification: 'manual', maxGeneration: 10 },
  ])('never leaves two workloads that cannot verify each other: %o', { timeout: 120_000 }, (options) => {
    const { broken, states, worlds } = explore(options);
    expect(broken).toBeUndefined();
    expect(worlds).toBeGreaterThan(500);
    expect(states).toContain('FINISHED');
    if (options.verification === 'manual') expect(states).toContain('PREVIOUS_CA');
  });

  it('is broken as soon as a step is published without its evidence, so the checker can see it', () => {
    const hasty = (world: World, options: ModelOptions): ReturnType<typeof successors> => {
      const { rotation, step, generation } = world.record;
      const next = successors(world, options);
      if (rotation === undefined || step !== 'PROPAGATING_NEW_INTERMEDIATE' || world.published.length > 2) return next;
      const row = rowOf({ ...world.record, step: 'DELETING_OLD_ROOT' });
      const published = [...world.published, { generation: generation + 1, row }];
      return [...next, { name: 'hasty mgmt: publishes DELETING_OLD_ROOT', world: { ...world, published } }];
    };
    const { broken } = explore({ clusters: 2, replicas: 1, verification: 'none', maxGeneration: 0 }, hasty);
    expect(broken?.at(-1)).toMatch(/is refused by/);
  });
});
