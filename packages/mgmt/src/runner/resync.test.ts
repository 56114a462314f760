import { createFakeClock } from '@reroot/shared/testing';
import { describe, expect, it } from 'vitest';
import type { ClusterName } from '../fleet/index.ts';
import { evidenceOf, rootA } from '../rotation/evidence-sample.ts';
import { type ClusterEvidence, newRecord } from '../rotation/index.ts';
import { recordLog } from '../testing/recorded-log.ts';
import type { MeshLoop } from './mesh-loop.ts';
import type { MeshView } from './mesh-view.ts';
import { createResync, restPeriods } from './resync.ts';

const resyncMs = 10_000;
const turnMs = 200;
const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `c${index}`);
const recordOf = (mesh: string) => newRecord(mesh, rootA, 0);
const viewOf = (mesh: string, clusters: readonly string[]) =>
  ({ stored: { record: recordOf(mesh), spec: { clusters } } }) as unknown as MeshView;

/** What is known of a cluster, if anything. */
interface Known {
  readonly evidence?: ClusterEvidence;
  readonly isFollowing?: boolean;
}

function makeResync(
  views: Readonly<Record<string, () => Promise<MeshView>>>,
  speaking: readonly ClusterName[] = [],
  known: (cluster: string, nowMs: number) => Known = () => ({}),
) {
  const clock = createFakeClock(1_000_000);
  const log = recordLog();
  const [told, asked]: [string[], string[]] = [[], []];
  const loops = Object.entries(views).map(([mesh, view]) => ({ mesh, view }) as unknown as MeshLoop);
  const resync = createResync({
    meshes: { all: () => loops },
    publisher: {
      publishTo: ({ stored }, clusters) => told.push(...clusters.map((cluster) => `${stored.record.mesh}/${cluster}`)),
    },
    fleet: { find: (_, cluster) => known(cluster, clock.now()).evidence },
    terms: {
      isFollowed: ({ cluster }) => known(cluster, clock.now()).isFollowing === true,
      tell: (clusters) => asked.push(...clusters.map(({ mesh, cluster }) => `${mesh}/${cluster}`)),
    },
    term: 1,
    accounts: { speaking: () => speaking },
    ...{ resyncMs, silentAfterMs: 3.5 * resyncMs, clock, log },
  });
  return { resync, clock, log, told, asked };
}

describe('what is said again', () => {
  it('reaches everybody once in a period, a few at a time, and at most times trust and terms apart', async () => {
    const many = names(2_000);
    const { resync, clock, told, asked } = makeResync({ demo: async () => viewOf('demo', many) });
    let largest = 0;
    let together = 0;
    for (let turn = 0; turn < resyncMs / turnMs; turn += 1) {
      clock.advance(turnMs);
      const [toldBefore, askedBefore] = [told.length, asked.length];
      await resync.tellDue();
      largest = Math.max(largest, told.length - toldBefore, asked.length - askedBefore);
      together += new Set(told.slice(toldBefore)).intersection(new Set(asked.slice(askedBefore))).size;
    }
    const all = many.map((name) => `demo/${name}`).toSorted();
    expect(told.toSorted()).toEqual(all);
    expect(asked.toSorted()).toEqual(all);
    expect(largest).toBeLessThan(100);
    expect(together).toBeLessThan(200);
  });

  const pass = async (periods: number, { clock, resync }: ReturnType<typeof makeResync>): Promise<void> => {
    for (let turn = 0; turn < (periods * resyncMs) / turnMs; turn += 1) {
      clock.advance(turnMs);
      await resync.tellDue();
    }
  };

  it('is said in a longer period to who has reported lately that it holds what it shall, and follows its terms', async () => {
    const evidence = evidenceOf(recordOf('demo'));
    const holds = (_: string, nowMs: number): Known => ({
      evidence: { ...evidence, receivedAtMs: nowMs - 15_000 },
      isFollowing: true,
    });
    const made = makeResync({ demo: async () => viewOf('demo', names(300)) }, [], holds);
    await pass(restPeriods, made);
    const all = names(300).map((name) => `demo/${name}`);
    expect(made.told.toSorted()).toEqual(all.toSorted());
    expect(made.asked.toSorted()).toEqual(all.toSorted());
  });

  it.each<[string, (evidence: ClusterEvidence, nowMs: number) => ClusterEvidence | undefined]>([
    ['has not reported', () => undefined],
    ['has not reported lately', (evidence, nowMs) => ({ ...evidence, receivedAtMs: nowMs - 2 * resyncMs - 1 })],
    ['holds what an mgmt of another term has told', (evidence, nowMs) => ({ ...evidence, receivedAtMs: nowMs, appliedTerm: 2 })],
    ['holds another generation', (evidence, nowMs) => ({ ...evidence, receivedAtMs: nowMs, appliedGeneration: 7 })],
  ])('is said in each period to who %s', async (_, change) => {
    const evidence = evidenceOf(recordOf('demo'));
    const known = (cluster: string, nowMs: number): Known => {
      const reported = cluster === 'c0' ? change(evidence, nowMs) : { ...evidence, receivedAtMs: nowMs };
      return { ...(reported === undefined ? {} : { evidence: reported }), isFollowing: cluster !== 'c1' };
    };
    const made = makeResync({ demo: async () => viewOf('demo', names(2)) }, [], known);
    await pass(12, made);
    const times = (list: readonly string[], cluster: string): number => list.filter((name) => name === `demo/${cluster}`).length;
    // Beside the twelve it is told in the longer period, where that is another moment.
    expect([12, 13, 14]).toContain(times(made.told, 'c0'));
    expect(times(made.told, 'c1')).toBe(2);
    expect(times(made.asked, 'c0')).toBe(2);
    expect([12, 13, 14]).toContain(times(made.asked, 'c1'));
  });

  it('is everything at once after a connection, also to those that no mesh has, and to nobody twice', async () => {
    const speaking = [
      { mesh: 'demo', cluster: 'c0' },
      { mesh: 'later', cluster: 'new' },
    ];
    const { resync, told, asked } = makeResync({ demo: async () => viewOf('demo', names(2)) }, speaking);
    await resync.tellAll();
    expect(told).toEqual(['demo/c0', 'demo/c1']);
    expect(asked).toEqual(['demo/c0', 'demo/c1', 'later/new']);
  });

  it('does not fail with one mesh that cannot be read, nor fills the log with it', async () => {
    const bad = (): Promise<MeshView> => Promise.reject(new Error('damaged'));
    const { resync, clock, log, told } = makeResync({ bad, demo: async () => viewOf('demo', names(1)) });
    for (let time = 0; time < 10; time += 1) {
      await resync.tellAll();
      clock.advance(turnMs);
    }
    expect(told).toHaveLength(10);
    expect(log.all({ msg: 'the clusters cannot be told what to hold' })).toHaveLength(1);
  });
});
