import { setTimeout as delay } from 'node:timers/promises';
import { type Crowd, type CrowdOptions, launchCrowd } from './fleet/crowd.ts';
import { openSpeech, type Speech } from './fleet/measure-speech.ts';
import { openWindow, type Window } from './fleet/measure-window.ts';
import { cpuSecondsOf, memoryOf } from './fleet/process-cost.ts';
import { atMost, type BenchRun, defineBench, type Result } from './frame/bench.ts';
import { type Sample, sampleOf } from './frame/sample.ts';
import { stretched, timingsOf, usualIntervals } from './simulate/usual.ts';

const lookEveryMs = 5_000;
/** Three looks in each third. */
const leastSeconds = 45;
const [mostParts, looksInPart] = [10, 2];
const agentsTaken = ['still', 'looking'];
/** After the last cluster has settled: what a start leaves behind is not what mgmt holds at rest. */
const calmMs = 30_000;
/** How much more the last third may hold than the one before it. */
const flat = 1.05;

/** How it was at one moment: what was resident, in MB, and the processor time until then. */
interface Look {
  readonly atMs: number;
  readonly mgmtMb: number;
  readonly brokerMb: number;
  readonly mgmtSeconds: number;
  readonly brokerSeconds: number;
}

function lookAt(crowd: Crowd): Look {
  const [mgmt, broker] = [crowd.mgmtPid(), crowd.brokerPid()];
  return {
    atMs: performance.now(),
    ...{ mgmtMb: memoryOf(mgmt).nowMb, brokerMb: memoryOf(broker).nowMb },
    ...{ mgmtSeconds: cpuSecondsOf(mgmt), brokerSeconds: cpuSecondsOf(broker) },
  };
}

async function lookFor(crowd: Crowd, seconds: number, run: BenchRun): Promise<readonly Look[]> {
  const looks: Look[] = [lookAt(crowd)];
  const untilMs = performance.now() + seconds * 1_000;
  while (performance.now() < untilMs) {
    await delay(lookEveryMs, undefined, { signal: run.signal });
    looks.push(lookAt(crowd));
  }
  return looks;
}

/** The mean of the last third to that of the third before: what grows without end grows between any two. */
function growthOf(values: readonly number[]): number {
  const third = Math.floor(values.length / 3);
  const mean = (some: readonly number[]): number => some.reduce((sum, value) => sum + value, 0) / some.length;
  return mean(values.slice(-third)) / mean(values.slice(-2 * third, -third));
}

/** Of a core, in per cent: in each part of the time, of which there are ten, or fewer where it is short. */
function sharesOf(looks: readonly Look[], seconds: (look: Look) => number): Sample {
  const size = Math.max(looksInPart, Math.floor((looks.length - 1) / mostParts));
  const ends = looks.filter((_, index) => index % size === 0);
  const shares = ends.slice(1).map((end, index) => {
    const from = ends[index] as Look;
    return ((seconds(end) - seconds(from)) * 100_000) / (end.atMs - from.atMs);
  });
  return sampleOf(shares);
}

/** What is measured. */
interface Steady {
  readonly clusters: number;
  readonly seconds: number;
  /** `reportIntervalMs` and `resyncMs` in seconds; what goes with them in proportion. */
  readonly intervalSeconds: number;
  /** One of `agentsTaken`. */
  readonly agents: string;
  readonly profile: string;
}

/** Until their clusters have settled agents look at them this often: two cores have enough to do with five thousand that join. */
const lookIntervalMs = 60_000;

function pacesOf({ agents, intervalSeconds }: Steady): Pick<CrowdOptions, 'agentTimings' | 'mgmtTimings' | 'still'> {
  const usual = usualIntervals();
  const intervals = stretched(usual, (intervalSeconds * 1_000) / usual.reportIntervalMs);
  const paces = timingsOf(intervals);
  if (agents === 'looking') return paces;
  return {
    ...paces,
    agentTimings: { reportIntervalMs: lookIntervalMs },
    still: { reportIntervalMs: intervals.reportIntervalMs },
  };
}

async function measureSteady(steady: Steady, run: BenchRun): Promise<readonly Result[]> {
  const { clusters, seconds, profile } = steady;
  const crowd = await launchCrowd({
    ...pacesOf(steady),
    ...{ clusters, onProgress: run.progress, signal: run.signal },
    ...(profile === '' ? {} : { profileDir: profile }),
  });
  try {
    await delay(calmMs, undefined, { signal: run.signal });
    run.progress(`${seconds} s of rest`);
    const closeSpeech = await openSpeech(crowd);
    const close = await openWindow(crowd);
    await crowd.toggleProfile();
    const looks = await lookFor(crowd, seconds, run);
    await crowd.toggleProfile();
    const window = await close();
    const speech = await closeSpeech();
    return [...costsOf(window, looks, steady), ...memoryResults(window, looks), ...speechResults(speech, clusters)];
  } finally {
    await crowd.stop();
  }
}

function costsOf({ cpu, traffic, seconds, longestDelayMs }: Window, looks: readonly Look[], steady: Steady): readonly Result[] {
  const { clusters, intervalSeconds, agents } = steady;
  const isUsual = intervalSeconds * 1_000 === usualIntervals().reportIntervalMs;
  const share = (cpuSeconds: number): number => (cpuSeconds * 100) / seconds;
  const row = (metric: string, value: number | Sample): Result => ({ metric, unit: '% of a core', value });
  return [
    // The goal is for the usual pace.
    { ...row('processor time of mgmt', share(cpu.mgmt)), ...(isUsual ? { limit: atMost(15) } : {}) },
    row(
      'processor time of mgmt, in parts of that time',
      sharesOf(looks, ({ mgmtSeconds }) => mgmtSeconds),
    ),
    row('processor time of the broker', share(cpu.broker)),
    row(
      'processor time of the broker, in parts of that time',
      sharesOf(looks, ({ brokerSeconds }) => brokerSeconds),
    ),
    {
      metric: `processor time of ${agents === 'still' ? 'the link of an agent' : 'an agent with its light cluster'}`,
      unit: '% of a core',
      value: share(cpu.crowd) / clusters,
    },
    { metric: 'messages through the broker', unit: '/s', value: traffic.messages / seconds },
    { metric: 'bytes through the broker', unit: 'kB/s', value: traffic.bytes / seconds / 1_000 },
    { metric: 'event loop of mgmt, longest wait', unit: 'ms', value: longestDelayMs },
  ];
}

function memoryResults({ peakMb }: Window, looks: readonly Look[]): readonly Result[] {
  const [mgmt, broker] = [looks.map(({ mgmtMb }) => mgmtMb), looks.map(({ brokerMb }) => brokerMb)];
  const growth = (of: string, values: readonly number[]): Result => ({
    ...{ metric: `resident memory of ${of}, last third to the one before`, unit: '' },
    ...{ value: growthOf(values), limit: atMost(flat) },
  });
  return [
    { metric: 'resident memory of mgmt, most', unit: 'MB', value: peakMb, limit: atMost(400) },
    growth('mgmt', mgmt),
    { metric: 'resident memory of the broker, most', unit: 'MB', value: Math.max(...broker) },
    growth('the broker', broker),
  ];
}

function speechResults({ byTopic, unheard, answering, seconds }: Speech, clusters: number): readonly Result[] {
  const all = { origin: 'fixed', is: 'all', value: clusters, goal: { atLeast: 1 } } as const;
  return [
    { metric: 'agents that answer at the end', unit: '', value: answering, limit: all },
    ...[...byTopic].map(([topic, count]) => ({ metric: `messages handed over, ${topic}`, unit: '/s', value: count / seconds })),
    { metric: 'messages that mgmt did not listen to', unit: '', value: unheard },
  ];
}

export default defineBench({
  about: 'lets the agents of idle clusters report at the usual intervals, to a mgmt in a process of its own',
  params: { clusters: 5_000, seconds: 600, intervalSeconds: 10, agents: 'still', profile: '' },
  long: { seconds: 3_600 },
  takes: { agents: agentsTaken, seconds: { from: leastSeconds } },
  measure: (params, run) => measureSteady(params, run),
});
