import { availableParallelism } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { generateKey, signerFromKey } from '@reroot/shared/pki';
import { measureBareFanOut } from './fleet/bare-fan-out.ts';
import { launchCrowd } from './fleet/crowd.ts';
import { type Rotated, rotate } from './fleet/rotate.ts';
import { atMost, type BenchRun, defineBench, type Limit, measured, type Result } from './frame/bench.ts';
import { repeat, type Sample, sampleOf, scaled } from './frame/sample.ts';
import { stretched, timingsOf, usualIntervals } from './simulate/usual.ts';

/** Each of the three steps of MULTI_ROOT tells every cluster once. */
const fanOuts = 3;
/** Enough to keep the thread pool busy, as agents that ask at the same time do. */
const [signatures, together] = [200, 16];
const quietMs = 3_000;
/**
 * More agents than these want all of two cores for looking at their clusters as often as usual: then they, and mgmt, do so the fewer times. And a rotation
 * takes minutes: one is measured, and none warms up.
 */
const [mostAtUsualPace, crowdedFactor] = [1_000, 6];
/** The sizes that the goals are for. */
const [goalClusters, memoryClusters, memoryGoalMb] = [1_000, 5_000, 400];

/** What rotations took at one size. */
interface Rotations {
  readonly clusters: number;
  readonly rounds: readonly Rotated[];
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
async function measureSigning(repeats: number, signal: AbortSignal): Promise<Sample> {
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
  return repeat(signAll, { repeats, signal });
}

async function measureBound(clusters: number, repeats: number, signal: AbortSignal): Promise<Bound> {
  const signingMs = await measureSigning(repeats, signal);
  const fanOutMs = await measureBareFanOut(clusters, repeats, signal);
  return { signingMs, fanOutMs, seconds: (clusters * signingMs.median + fanOuts * fanOutMs.median) / 1_000 };
}

/** What is asked for at one size. */
interface Ask {
  readonly clusters: number;
  /** Those that count; one before them does not. */
  readonly rotations: number;
  readonly profileDir: string;
}

async function measureRotations({ clusters, rotations, profileDir }: Ask, run: BenchRun): Promise<Rotations> {
  const { signal } = run;
  const onProgress = (line: string): void => run.progress(`${clusters} clusters: ${line}`);
  const profile = profileDir === '' ? {} : { profileDir };
  const isCrowded = clusters > mostAtUsualPace;
  const intervals = stretched(usualIntervals(), isCrowded ? crowdedFactor : 1);
  const crowd = await launchCrowd({ clusters, onProgress, signal, ...timingsOf(intervals), ...profile });
  const rounds: Rotated[] = [];
  const [first, last] = isCrowded ? [1, 1] : [0, rotations];
  try {
    for (let round = first; round <= last; round += 1) {
      await delay(quietMs, undefined, { signal });
      onProgress(round === 0 ? 'a rotation that does not count' : `rotation ${round} of ${last}`);
      const isProfiled = round === last;
      const rotated = await rotate(crowd, { signal, onStarted: () => (isProfiled ? crowd.toggleProfile() : undefined) });
      if (isProfiled) await crowd.toggleProfile();
      if (round > 0) rounds.push(rotated);
    }
    return { clusters, rounds, joinedSeconds: crowd.joinedMs / 1_000, settledSeconds: crowd.settledMs / 1_000 };
  } finally {
    await crowd.stop();
  }
}

/** Of all that count. */
function valueOf({ rounds }: Rotations, pick: (rotated: Rotated) => number): number | Sample {
  const sample = sampleOf(rounds.map(pick));
  return sample.repeats === 1 ? sample.median : sample;
}

function rowsOf(rotations: Rotations, bound: Bound): readonly Result[] {
  const { clusters } = rotations;
  const row = (what: string, unit: string, pick: (rotated: Rotated) => number, limit?: Limit): Result => ({
    ...{ metric: `${clusters} clusters: ${what}`, unit, value: valueOf(rotations, pick) },
    ...(limit === undefined ? {} : { limit }),
  });
  const goal = clusters === goalClusters ? ({ atMost: 2 } as const) : undefined;
  const signing = scaled(bound.signingMs, (clusters * availableParallelism()) / 1_000);
  const othersSeconds = ({ cpu }: Rotated): number => (cpu.crowd + cpu.broker) / availableParallelism();
  const boundIs = 'signing and bare fan-outs';
  return [
    row('start to FINISHED', 's', ({ seconds }) => seconds, measured(boundIs, bound.seconds)),
    row(
      'the same, less what the machine worked for agents, clusters and broker',
      's',
      (rotated) => Math.max(0, rotated.seconds - othersSeconds(rotated)),
      measured(boundIs, bound.seconds, goal),
    ),
    row('processor time of mgmt', 's', ({ cpu }) => cpu.mgmt, measured('the signatures alone', signing)),
    row('processor time of mgmt besides signing, for each cluster', 'ms', ({ cpu }) => {
      return ((cpu.mgmt - signing.median) * 1_000) / clusters;
    }),
    row('processor time of agents and clusters, their keys and signatures among it', 's', ({ cpu }) => cpu.crowd),
    row('processor time of the broker', 's', ({ cpu }) => cpu.broker),
    row(
      'resident memory of mgmt, most',
      'MB',
      ({ peakMb }) => peakMb,
      clusters === memoryClusters ? atMost(memoryGoalMb) : undefined,
    ),
    row('event loop of mgmt, longest wait', 'ms', ({ longestDelayMs }) => longestDelayMs),
    row('bytes through the broker, for each cluster', 'kB', ({ traffic }) => traffic.bytes / clusters / 1_000),
    row('messages through the broker, for each cluster', '', ({ traffic }) => traffic.messages / clusters),
    { metric: `${clusters} clusters: join, through the API`, unit: 's', value: rotations.joinedSeconds },
    { metric: `${clusters} clusters: first root everywhere`, unit: 's', value: rotations.settledSeconds },
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
function growthOf(sizes: readonly Rotations[]): readonly Result[] {
  const counted = sizes.filter(({ clusters }) => clusters >= 100);
  if (counted.length < 2) return [];
  const of = (what: string, pick: (rotated: Rotated) => number): Result => ({
    metric: `exponent of growth: ${what}`,
    unit: '',
    value: exponentOf(counted.map(({ clusters, rounds }) => [clusters, sampleOf(rounds.map(pick)).median])),
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
  params: { clusters: [10, 100, 1_000, 5_000], rotations: 3, repeats: 5, profile: '' },
  measure: async ({ clusters, rotations, repeats, profile }, run) => {
    const sizes: Rotations[] = [];
    const results: Result[] = [];
    for (const count of clusters) {
      run.progress(`${count} clusters: the bound`);
      const bound = await measureBound(count, repeats, run.signal);
      const rotated = await measureRotations({ clusters: count, rotations, profileDir: profile }, run);
      sizes.push(rotated);
      results.push(...rowsOf(rotated, bound));
    }
    return [...results, ...growthOf(sizes)];
  },
});
