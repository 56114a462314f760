import { setTimeout as delay } from 'node:timers/promises';
import { type Crowd, launchCrowd } from '../fleet/crowd.ts';
import { openWindow } from '../fleet/measure-window.ts';
import { watchOthers } from '../fleet/others-running.ts';
import { mainThreadSecondsOf } from '../fleet/process-cost.ts';
import { rotate } from '../fleet/rotate.ts';
import { sampleOf } from '../frame/sample.ts';
import type { Intervals } from './costs.ts';
import { timingsOf } from './usual.ts';

/** What is measured of a fleet. */
export interface FleetAsk {
  readonly clusters: number;
  readonly intervals: Pick<Intervals, 'resyncMs' | 'reportIntervalMs' | 'silentAfterMs'>;
  readonly restSeconds: number;
  /** Those that count; one before them does not where there are several. */
  readonly rotations: number;
  readonly onProgress: (line: string) => void;
  readonly signal: AbortSignal;
}

/** What was taken of processors and bus. */
export interface Use {
  readonly seconds: number;
  /** In seconds. */
  readonly cpu: Readonly<Record<Part, number>>;
  /** In and out count each. */
  readonly messages: number;
  readonly bytes: number;
}

export type Part = 'mgmt' | 'broker' | 'crowd';

/** A fleet of some size, as it was measured. */
export interface MeasuredFleet {
  readonly clusters: number;
  readonly rest: Use;
  /** From the answer to the start on. */
  readonly rotation: Use;
  readonly mainShare: Readonly<Record<'mgmt' | 'crowd', number>>;
  readonly memory: MeasuredMemory;
  /** How many threads of other programs wanted a core in the mean, while rotations ran. */
  readonly others: number;
}

/** Of mgmt, in MB. */
export interface MeasuredMemory {
  /** In use after garbage was collected. */
  readonly liveMb: number;
  /** In use at most in a rotation, garbage among it. */
  readonly usedMb: number;
  /** Resident at most in a rotation. */
  readonly peakMb: number;
}

const calmMs = 10_000;
/** A part of rest has so many intervals at the least: after a rotation thousands of agents speak within a part of one. */
const intervalsOfPart = 2;
/** A shorter part would be what chance made of it. */
const leastPartMs = 30_000;
const betweenRotationsMs = 3_000;

/** Launches a fleet, rotates its root, and lets it rest. */
export async function measureFleet(ask: FleetAsk): Promise<MeasuredFleet> {
  const { clusters, intervals, signal, onProgress } = ask;
  const crowd = await launchCrowd({ clusters, onProgress, signal, ...timingsOf(intervals) });
  try {
    const rotated = await measureRotations(crowd, ask);
    // What everybody says again and again has found its moments by then. Rest comes last, for code that has hardly run yet is slow.
    await delay(calmMs + intervals.resyncMs, undefined, { signal });
    onProgress(`${ask.restSeconds} s of rest`);
    const rest = await measureRest(crowd, ask);
    const liveMb = (await crowd.measureLiveBytes()) / 1e6;
    return { clusters, rest, ...middleOf(rotated.rotations, liveMb), others: rotated.others };
  } finally {
    await crowd.stop();
  }
}

/** Launches a fleet, and lets it rest. */
export async function measureRestAlone(ask: Omit<FleetAsk, 'rotations'>): Promise<Use> {
  const { clusters, intervals, restSeconds, signal, onProgress } = ask;
  const crowd = await launchCrowd({ clusters, onProgress, signal, ...timingsOf(intervals) });
  try {
    // As long again for code that has hardly run yet.
    await delay(calmMs + restSeconds * 1_000, undefined, { signal });
    onProgress(`${restSeconds} s of rest`);
    return await measureRest(crowd, ask);
  } finally {
    await crowd.stop();
  }
}

async function measureRotations(crowd: Crowd, ask: FleetAsk) {
  const { signal, onProgress } = ask;
  const rotations: MeasuredRotation[] = [];
  const others = watchOthers(() => [crowd.mgmtPid(), crowd.brokerPid(), ...crowd.agentPids]);
  try {
    for (let round = ask.rotations > 1 ? 0 : 1; round <= ask.rotations; round += 1) {
      onProgress(`rotation ${round}`);
      const rotated = await measureRotation(crowd, signal);
      if (round > 0) rotations.push(rotated);
      await delay(betweenRotationsMs, undefined, { signal });
    }
    return { rotations, others: others.mean() };
  } finally {
    others.stop();
  }
}

/** Of its parts the one in the middle, by what all took together. The least of many, beside the one of a large fleet, would be too little. */
async function measureRest(crowd: Crowd, { restSeconds, intervals, signal }: Omit<FleetAsk, 'rotations'>): Promise<Use> {
  const parts: Use[] = [];
  const partMs = Math.max(leastPartMs, intervalsOfPart * intervals.reportIntervalMs);
  const restParts = Math.max(1, Math.floor((restSeconds * 1_000) / partMs));
  for (let part = 0; part < restParts; part += 1) {
    const close = await openWindow(crowd);
    await delay((restSeconds * 1_000) / restParts, undefined, { signal });
    const { seconds, cpu, traffic } = await close();
    parts.push({ seconds, cpu, ...traffic });
  }
  return middlePartOf(parts);
}

interface MeasuredRotation extends Use {
  readonly mainShare: MeasuredFleet['mainShare'];
  readonly usedMb: number;
  readonly peakMb: number;
}

async function measureRotation(crowd: Crowd, signal: AbortSignal): Promise<MeasuredRotation> {
  let main = mainSeconds(crowd);
  const noteMain = (): void => {
    main = mainSeconds(crowd);
  };
  const { seconds, cpu, traffic, peakMb, startedAtMs } = await rotate(crowd, { signal, onStarted: noteMain });
  const mainNow = mainSeconds(crowd);
  const used = crowd.secondsSince(startedAtMs).map(({ heapUsed, external }) => (heapUsed + external) / 1e6);
  return {
    ...{ seconds, cpu, ...traffic, peakMb, usedMb: Math.max(0, ...used) },
    mainShare: { mgmt: (mainNow.mgmt - main.mgmt) / cpu.mgmt, crowd: (mainNow.crowd - main.crowd) / cpu.crowd },
  };
}

function mainSeconds(crowd: Crowd): Readonly<Record<'mgmt' | 'crowd', number>> {
  const agents = crowd.agentPids.map(mainThreadSecondsOf);
  return { mgmt: mainThreadSecondsOf(crowd.mgmtPid()), crowd: agents.reduce((sum, each) => sum + each, 0) };
}

/** @param parts at least one; of an even number the lower one of the middle two */
function middlePartOf(parts: readonly Use[]): Use {
  const perSecond = ({ seconds, cpu }: Use): number => (cpu.mgmt + cpu.broker + cpu.crowd) / seconds;
  const sorted = parts.toSorted((a, b) => perSecond(a) - perSecond(b));
  return sorted[Math.ceil(sorted.length / 2) - 1] as Use;
}

/** Medians. */
function middleOf(
  rotations: readonly MeasuredRotation[],
  liveMb: number,
): Pick<MeasuredFleet, 'rotation' | 'mainShare' | 'memory'> {
  const of = (pick: (rotation: MeasuredRotation) => number): number => sampleOf(rotations.map(pick)).median;
  const cpu = (part: Part): number => of((rotation) => rotation.cpu[part]);
  return {
    rotation: {
      seconds: of(({ seconds }) => seconds),
      cpu: { mgmt: cpu('mgmt'), broker: cpu('broker'), crowd: cpu('crowd') },
      messages: of(({ messages }) => messages),
      bytes: of(({ bytes }) => bytes),
    },
    mainShare: { mgmt: of(({ mainShare }) => mainShare.mgmt), crowd: of(({ mainShare }) => mainShare.crowd) },
    memory: { liveMb, usedMb: of(({ usedMb }) => usedMb), peakMb: of(({ peakMb }) => peakMb) },
  };
}
