import { availableParallelism } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { generateKey, signerFromKey } from '@reroot/shared/pki';
import { measureBareFanOut } from './fleet/bare-fan-out.ts';
import { type Crowd, launchCrowd } from './fleet/crowd.ts';
import { openWindow, type Window } from './fleet/measure-window.ts';
import { untilFinished } from './fleet/until-finished.ts';
import { atMost, type BenchRun, defineBench, measured, type Result } from './frame/bench.ts';
import { repeat, type Sample, scaled } from './frame/sample.ts';
import { stretched, timingsOf, usualIntervals } from './simulate/usual.ts';

/** Each of the three steps of MULTI_ROOT tells every cluster once. */
const fanOuts = 3;
/** Enough to keep the thread pool busy, as agents that ask at the same time do. */
const [signatures, together] = [200, 16];
const rotationTimeoutMs = 1_800_000;
const quietMs = 3_000;
/** More agents than these want all of two cores for looking at their clusters as often as usual: then they, and mgmt, do so the fewer times. */
const [mostAtUsualPace, crowdedFactor] = [1_000, 6];
/** The sizes that the goals are for. */
const [goalClusters, memoryClusters, memoryGoalMb] = [1_000, 5_000, 400];

/** What a rotation took at one size. */
interface Rotation extends Window {
  readonly clusters: number;
  readonly joinedSeconds: number;
  readonly settledSeconds: number;
}

/** What it could not be quicker than: every intermediate signed at the limit, every fan-out with nothing of ours. */
interface Bound {
  readonly signingMs: Sample;
  readonly fanOutMs: Sample;
  readonly seconds: number;
}

/** How long one signature of an RSA-4096 root takes in OpenSSL on all cores, in milliseconds. */
async function measureSigning(repeats: number): Promise<Sample> {
  const key = signerFromKey(await generateKey({ kind: 'rsa', bits: 4096 }));
  const text = Buffer.alloc(600, 7);
  const signAll = async (): Promise<number> => {
    const startedMs = performance.now();
    let left = signatures;
    const take = async (): Promise<void> => {
      for (; left > 0; ) {
        left -= 1;
        await key.sign(text);
      }
    };
    await Promise.all(Array.from({ length: together }, take));
    return (performance.now() - startedMs) / signatures;
  };
  return repeat(signAll, { repeats });
}

async function measureBound(clusters: number, repeats: number, signal: AbortSignal): Promise<Bound> {
  const signingMs = await measureSigning(repeats);
  const fanOutMs = await measureBareFanOut(clusters, repeats, signal);
  return { signingMs, fanOutMs, seconds: (clusters * signingMs.median + fanOuts * fanOutMs.median) / 1_000 };
}

async function rotate(crowd: Crowd, signal: AbortSignal): Promise<Window> {
  // The root is made, and preflight looks at each cluster, before a rotation has begun.
  const close = openWindow(crowd);
  await crowd.api.startRotation(crowd.mesh, { by: 'bench' }, signal);
  const startedAtMs = Date.now();
  await crowd.toggleProfile();
  const finishedAtMs = await untilFinished(crowd, AbortSignal.any([signal, AbortSignal.timeout(rotationTimeoutMs)]));
  await crowd.toggleProfile();
  const window = await (await close)();
  return { ...window, seconds: (finishedAtMs - startedAtMs) / 1_000 };
}

async function measureRotation(clusters: number, profileDir: string, run: BenchRun): Promise<Rotation> {
  const onProgress = (line: string): void => run.progress(`${clusters} clusters: ${line}`);
  const profile = profileDir === '' ? {} : { profileDir };
  const intervals = stretched(usualIntervals(), clusters > mostAtUsualPace ? crowdedFactor : 1);
  const crowd = await launchCrowd({ clusters, onProgress, signal: run.signal, ...timingsOf(intervals), ...profile });
  try {
    await delay(quietMs, undefined, { signal: run.signal });
    onProgress('the rotation');
    const window = await rotate(crowd, run.signal);
    return { clusters, ...window, joinedSeconds: crowd.joinedMs / 1_000, settledSeconds: crowd.settledMs / 1_000 };
  } finally {
    await crowd.stop();
  }
}

function rowsOf(rotation: Rotation, bound: Bound): readonly Result[] {
  const { clusters, seconds, cpu, traffic, peakMb, longestDelayMs } = rotation;
  const name = (what: string): string => `${clusters} clusters: ${what}`;
  const others = (cpu.crowd + cpu.broker) / availableParallelism();
  const goal = clusters === goalClusters ? ({ atMost: 2 } as const) : undefined;
  const signing = scaled(bound.signingMs, (clusters * availableParallelism()) / 1_000);
  const perCluster = ((cpu.mgmt - signing.median) * 1_000) / clusters;
  return [
    { metric: name('start to FINISHED'), unit: 's', value: seconds, limit: measured('signing and bare fan-outs', bound.seconds) },
    {
      metric: name('the same, less what the machine worked for agents, clusters and broker'),
      unit: 's',
      value: Math.max(0, seconds - others),
      limit: measured('signing and bare fan-outs', bound.seconds, goal),
    },
    { metric: name('processor time of mgmt'), unit: 's', value: cpu.mgmt, limit: measured('the signatures alone', signing) },
    { metric: name('processor time of mgmt besides signing, for each cluster'), unit: 'ms', value: perCluster },
    { metric: name('processor time of agents and clusters, their keys and signatures among it'), unit: 's', value: cpu.crowd },
    { metric: name('processor time of the broker'), unit: 's', value: cpu.broker },
    {
      metric: name('resident memory of mgmt, most'),
      unit: 'MB',
      value: peakMb,
      ...(clusters === memoryClusters ? { limit: atMost(memoryGoalMb) } : {}),
    },
    { metric: name('event loop of mgmt, longest wait'), unit: 'ms', value: longestDelayMs },
    { metric: name('bytes through the broker, for each cluster'), unit: 'kB', value: traffic.bytes / clusters / 1_000 },
    { metric: name('messages through the broker, for each cluster'), unit: '', value: traffic.messages / clusters },
    { metric: name('join, through the API'), unit: 's', value: rotation.joinedSeconds },
    { metric: name('first root everywhere'), unit: 's', value: rotation.settledSeconds },
  ];
}

/** The exponent of growth: the slope of a line through the logarithms, by least squares. */
function exponentOf(points: readonly (readonly [size: number, value: number])[]): number {
  const logs = points.map(([size, value]) => [Math.log(size), Math.log(value)] as const);
  const mean = (at: 0 | 1): number => logs.reduce((sum, log) => sum + log[at], 0) / logs.length;
  const [x, y] = [mean(0), mean(1)];
  const above = logs.reduce((sum, log) => sum + (log[0] - x) * (log[1] - y), 0);
  return above / logs.reduce((sum, log) => sum + (log[0] - x) ** 2, 0);
}

/** Small fleets cost what mgmt costs at rest: growth counts from a hundred clusters on. */
function growthOf(rotations: readonly Rotation[]): readonly Result[] {
  const counted = rotations.filter(({ clusters }) => clusters >= 100);
  if (counted.length < 2) return [];
  const of = (what: string, value: (rotation: Rotation) => number): Result => ({
    metric: `exponent of growth: ${what}`,
    unit: '',
    value: exponentOf(counted.map((rotation) => [rotation.clusters, value(rotation)])),
    limit: atMost(1.1),
  });
  return [
    of('start to FINISHED', ({ seconds }) => seconds),
    of('processor time of mgmt', ({ cpu }) => cpu.mgmt),
    of('resident memory of mgmt', ({ peakMb }) => peakMb),
  ];
}

export default defineBench({
  about: 'rotates the root of a mesh of light clusters, with the real agent of each, by a mgmt in a process of its own',
  params: { clusters: [10, 100, 1_000, 5_000], repeats: 5, profile: '' },
  measure: async ({ clusters, repeats, profile }, run) => {
    const rotations: Rotation[] = [];
    const results: Result[] = [];
    for (const count of clusters) {
      run.progress(`${count} clusters: the bound`);
      const bound = await measureBound(count, repeats, run.signal);
      const rotation = await measureRotation(count, profile, run);
      rotations.push(rotation);
      results.push(...rowsOf(rotation, bound));
    }
    return [...results, ...growthOf(rotations)];
  },
});
