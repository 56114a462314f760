import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlannedHandshake } from './outcome.ts';
import { allPairsUpTo, type HandshakeClass, type HandshakeMember, planHandshakes } from './plan-handshakes.ts';

const member = (cluster: string, replicas: number): HandshakeMember => ({
  cluster,
  replicas: Array.from({ length: replicas }, (_, index) => `istiod-${index}`),
});

/** Of a thousand clusters in 1, 8, 10, 100 and 1,000 classes; docs/handshakes.md has these. */
const measured = [1_000, 1_056, 1_026, 1_306, 3_996];

/** Classes of so many clusters each, with so many replicas each. */
const classesOf = (...sizes: readonly (readonly number[])[]): readonly HandshakeClass[] =>
  sizes.map((replicas, row) => ({ clusters: replicas.map((count, column) => member(`c${row}-${column}`, count)) }));

const pairOf = ({ client, server }: PlannedHandshake): string => `${client.cluster} ${server.cluster}`;
const endsOf = (plan: readonly PlannedHandshake[]): Set<string> =>
  new Set(plan.flatMap(({ client, server }) => [client, server].map(({ cluster, replica }) => `${cluster}/${replica}`)));

describe('the plan for a few clusters', () => {
  it('has every ordered pair, a cluster with itself too', () => {
    const plan = planHandshakes(classesOf([1, 1], [1]));
    expect(plan.map(pairOf)).toEqual([
      ...['c0-0 c0-0', 'c0-0 c0-1', 'c0-0 c1-0'],
      ...['c0-1 c0-0', 'c0-1 c0-1', 'c0-1 c1-0'],
      ...['c1-0 c0-0', 'c1-0 c0-1', 'c1-0 c1-0'],
    ]);
  });

  it('is that up to eight clusters, and by classes beyond, unless it is asked for otherwise', () => {
    const [eight, nine] = [classesOf(Array<number>(8).fill(1)), classesOf(Array<number>(9).fill(1))];
    expect(planHandshakes(eight)).toHaveLength(64);
    expect(planHandshakes(nine)).toHaveLength(9);
    expect(planHandshakes(nine, 'all')).toHaveLength(81);
    expect(planHandshakes(eight, 'sampled')).toHaveLength(8);
  });

  it('has nothing for no clusters', () => {
    expect(planHandshakes([])).toEqual([]);
    expect(planHandshakes([{ clusters: [] }], 'sampled')).toEqual([]);
  });

  it('does not leave a cluster out of which no replica is known', () => {
    expect(planHandshakes(classesOf([0, 1])).map(({ client }) => client)).toContainEqual({ cluster: 'c0-0', replica: '' });
  });
});

describe('the sampled plan', () => {
  it('has handshakes in the order of clusters, of pairs of classes and of replicas, and no more', () => {
    const plan = planHandshakes(classesOf(Array<number>(600).fill(3), Array<number>(399).fill(2), [1]));
    expect(plan.length).toBeLessThanOrEqual(1_000 + 9 + 600 * 3 + 399 * 2 + 1);
    expect(plan.length).toBeLessThan(2_000);
  });

  it('has each cluster as client and as server, each ordered pair of classes and each replica, within the bound', () => {
    const classes = fc
      .array(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 6 })
      .map((sizes) => classesOf(...sizes));
    fc.assert(
      fc.property(classes, fc.constantFrom('sampled', 'all'), (given, sampling) => {
        const plan = planHandshakes(given, sampling);
        const members = given.flatMap(({ clusters }) => clusters);
        const replicas = members.flatMap((each) => each.replicas.map((replica) => `${each.cluster}/${replica}`));
        expect(new Set(plan.map(({ client }) => client.cluster)).size).toBe(members.length);
        expect(new Set(plan.map(({ server }) => server.cluster)).size).toBe(members.length);
        expect(endsOf(plan)).toEqual(new Set(replicas));
        const classOf = (cluster: string): string => cluster.split('-')[0] ?? '';
        const tried = new Set(plan.map(({ client, server }) => `${classOf(client.cluster)} ${classOf(server.cluster)}`));
        expect(tried.size).toBe(given.length ** 2);
        const pairs = sampling === 'all' ? members.length ** 2 : members.length + given.length ** 2;
        expect(plan.length).toBeLessThanOrEqual(pairs + replicas.length);
        expect(new Set(plan.map((each) => JSON.stringify(each))).size).toBe(plan.length);
      }),
    );
  });

  it('stays in the order of clusters and classes for a thousand clusters, however they are divided', () => {
    /** So many classes of equal size, signed by one of two roots; every cluster has two replicas. */
    const divided = (count: number): readonly HandshakeClass[] =>
      classesOf(...Array.from({ length: count }, () => Array<number>(1_000 / count).fill(2))).map((each, index) => ({
        ...each,
        face: { leaves: [[index % 3 === 0 ? 'a' : 'b']] },
      }));
    const counts = [1, 8, 10, 100, 1_000].map((count) => planHandshakes(divided(count)).length);
    expect(counts).toEqual(measured);
    const ofTheirOwn = divided(1_000).map((each, index) => ({ ...each, face: { leaves: [[`root-${index}`]] } }));
    expect(planHandshakes(ofTheirOwn)).toHaveLength(9_987);
    for (const [index, count] of [1, 8, 10, 100, 1_000].entries())
      expect(counts[index]).toBeLessThanOrEqual(1_000 + Math.max(64, 10 * count) + 2_000);
  });

  it('tries each of many classes with itself, with the next, and with each kind of signer up to eight', () => {
    const classes = classesOf(...Array.from({ length: 20 }, () => [1])).map((each, index) => ({
      ...each,
      face: { leaves: [[`root-${index % 12}`]] },
    }));
    const pairs = new Set(planHandshakes(classes).map(pairOf));
    for (let row = 0; row < 20; row += 1) {
      expect(pairs).toContain(`c${row}-0 c${row}-0`);
      expect(pairs).toContain(`c${row}-0 c${(row + 1) % 20}-0`);
      for (let signer = 0; signer < 8; signer += 1) {
        const [there, back] = [`c${signer}-0 c${row}-0`, `c${row}-0 c${signer}-0`];
        expect(pairs.has(there) || pairs.has(back), there).toBe(true);
      }
    }
    expect(pairs.size).toBeLessThanOrEqual(10 * 20);
  });

  it('takes the place of every pair beyond 64 clusters, whoever asks', () => {
    expect(planHandshakes(classesOf(Array<number>(allPairsUpTo).fill(1)), 'all')).toHaveLength(4_096);
    expect(planHandshakes(classesOf(Array<number>(allPairsUpTo + 1).fill(1)), 'all')).toHaveLength(65);
  });
});
