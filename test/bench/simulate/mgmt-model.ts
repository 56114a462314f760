import { freshMsOf, gatherMsOf, hastenEveryMs, rememberedReports, rereadAfterMs } from '@reroot/mgmt/testing-pace';
import type { Said, Told } from './agent-model.ts';
import type { Intervals, MgmtCosts, Novelty, Step } from './costs.ts';
import type { Worker } from './machine.ts';
import { createPacerModel, type ModelWord, type Pace } from './pacer-model.ts';
import type { Timeline } from './timeline.ts';

/** mgmt with one mesh: what it says and hears, and the moves that its evidence allows. */
export interface MgmtModel {
  hear(cluster: number, said: Said): void;
  startRotation(): void;
  /** How many rotations have finished. */
  finished(): number;
  /** Words, to all clusters together. */
  saidSoFar(): number;
}

export interface MgmtOptions {
  readonly timeline: Timeline;
  readonly main: Worker;
  /** The thread pool, and what collects garbage. */
  readonly beside: Worker;
  readonly costs: MgmtCosts;
  readonly intervals: Intervals;
  /** Of a rotation. */
  readonly steps: readonly Step[];
  readonly pace: Pace;
  readonly clusters: number;
  readonly random: () => number;
  readonly say: (cluster: number, told: Told, novelty: Novelty) => void;
}

/** What is said again at rest asks for nothing. */
const nothingToDo: Step = { intermediate: 'keep', provenAfterLooks: 1 };
/** To be verified, to have been verified, and the next step. */
const movesOfStep = 3;

/** Each cluster was proven to hold the first generation. */
export function createMgmtModel(options: MgmtOptions): MgmtModel {
  const { timeline, main, beside, costs, intervals, steps, clusters, random, say } = options;
  const gate = createGate(clusters, intervals.silentAfterMs, timeline);
  let [generation, stepsLeft, finished, said] = [0, 0, 0, 0];
  let phase: 'gated' | 'moving' = 'gated';
  let lookPending: 'no' | 'yes' = 'no';
  /** Of each cluster: the generation that it was told last, and when. */
  const toldGeneration = new Int32Array(clusters);
  const toldAtMs = new Float64Array(clusters);
  /** What it reported last, and when. */
  const heardGeneration = new Int32Array(clusters);
  const heardAtMs = new Float64Array(clusters);
  /** When one was read, and not only verified: of a fleet that has rested for long each at some moment of the minute before. */
  const readAtMs = Float64Array.from({ length: clusters }, () => -random() * rereadAfterMs);

  const work = (costMs: number, then?: () => void): void => {
    main.work(costMs * costs.mainShare, then);
    beside.work(costMs * (1 - costs.mainShare));
  };
  const timesOf = (novelty: Novelty): number => (novelty === 'again' ? costs.again : 1);
  /** What was said before costs what news do when it is time to read it once more. */
  const timesOfReport = (cluster: number, novelty: Novelty): number => {
    const nowMs = timeline.nowMs();
    const isKnown = clusters <= rememberedReports && nowMs - (readAtMs[cluster] ?? 0) < rereadAfterMs;
    if (novelty === 'again' && isKnown) return costs.again;
    readAtMs[cluster] = nowMs;
    return Math.max(timesOf(novelty), 1);
  };
  const step = (): Step => steps[steps.length - stepsLeft] ?? nothingToDo;
  const isLongAgo = (cluster: number): boolean => timeline.nowMs() - (toldAtMs[cluster] ?? 0) >= hastenEveryMs;
  const isChange = (cluster: number): boolean => toldGeneration[cluster] !== generation;

  const pacer = createPacerModel(timeline, options.pace, (words, nextTurn) => {
    const due = words.filter(({ key, lane }) => {
      const cluster = clusterOf(key);
      return isTerms(key) || lane === 'again' || isChange(cluster) || isLongAgo(cluster);
    });
    for (const { key } of due) if (!isTerms(key)) noteTold(clusterOf(key));
    said += due.length;
    const times = due.reduce((sum, { lane }) => sum + timesOf(lane), 0);
    work(times * costs.wordMs, () => {
      for (const { key, lane } of due) {
        say(clusterOf(key), isTerms(key) ? { kind: 'terms' } : { kind: 'trust', generation, step: step() }, lane);
      }
      nextTurn();
    });
  });
  const noteTold = (cluster: number): void => {
    toldGeneration[cluster] = generation;
    toldAtMs[cluster] = timeline.nowMs();
  };
  const sayTrust = (cluster: number, lane: ModelWord['lane']): void => {
    pacer.say({ lane, key: keyOf(cluster, 'trust') });
  };
  const sayChanges = (): void => {
    for (let cluster = 0; cluster < clusters; cluster += 1) if (isChange(cluster)) sayTrust(cluster, 'news');
  };
  /** Writes the record, and tells whom it concerns. */
  const move = (change: () => void, then: () => void): void => {
    work(costs.moveMs, () => {
      change();
      sayChanges();
      then();
    });
  };
  const look = (): void => {
    if (stepsLeft === 0 || phase === 'moving' || !gate.passes()) return;
    phase = 'moving';
    const goOn = (left: number): void => {
      if (left > 0)
        move(
          () => (left === 1 ? nextStep() : undefined),
          () => goOn(left - 1),
        );
      else phase = 'gated';
    };
    goOn(movesOfStep);
  };
  /** Reports that come soon after one another are looked at together. */
  const lookSoon = (): void => {
    if (lookPending === 'yes') return;
    lookPending = 'yes';
    timeline.after(gatherMsOf(clusters), () => {
      lookPending = 'no';
      look();
    });
  };
  const nextStep = (): void => {
    stepsLeft -= 1;
    if (stepsLeft === 0) {
      finished += 1;
      return;
    }
    generation += 1;
    gate.close();
  };
  const hearReport = (cluster: number, report: Extract<Said, { kind: 'report' }>): void => {
    work(timesOfReport(cluster, report.novelty) * costs.hearMs, () => {
      heardGeneration[cluster] = report.generation;
      heardAtMs[cluster] = timeline.nowMs();
      gate.hear(cluster, report.generation === generation && report.proof === 'whole');
      if (report.generation !== generation && isLongAgo(cluster)) sayTrust(cluster, 'news');
      lookSoon();
    });
  };
  const issue = (cluster: number): void => {
    work(costs.hearMs, () => {
      beside.work(costs.signMs, () => work(costs.wordMs, () => say(cluster, { kind: 'issued' }, 'news')));
    });
  };

  const every = (periodMs: number, firstMs: number, act: () => void): void => {
    timeline.after(firstMs, () => {
      act();
      every(periodMs, periodMs, act);
    });
  };
  every(intervals.tickMs, intervals.tickMs, () => {
    work((costs.secondMs * intervals.tickMs) / 1_000, look);
  });
  const { resyncMs, restPeriods } = intervals;
  const freshMs = freshMsOf(intervals);
  const isFresh = (cluster: number): boolean => timeline.nowMs() - (heardAtMs[cluster] ?? 0) <= freshMs;
  const isHeld = (cluster: number): boolean => isFresh(cluster) && heardGeneration[cluster] === generation;
  /** In each short period to whom it may be news, and in each long one to everybody. */
  const again = (say: () => void, isKnown: () => boolean): void => {
    every(resyncMs, random() * resyncMs, () => {
      if (!isKnown()) say();
    });
    every(restPeriods * resyncMs, random() * restPeriods * resyncMs, say);
  };
  for (let cluster = 0; cluster < clusters; cluster += 1) {
    again(
      () => sayTrust(cluster, 'again'),
      () => isHeld(cluster),
    );
    again(
      () => pacer.say({ lane: 'again', key: keyOf(cluster, 'terms') }),
      () => isFresh(cluster),
    );
  }

  return {
    hear: (cluster, heard) => {
      switch (heard.kind) {
        case 'report':
          hearReport(cluster, heard);
          return;
        case 'link':
          work(timesOf('again') * costs.hearMs);
          return;
        case 'issue':
          issue(cluster);
      }
    },
    startRotation: () => {
      move(
        () => {
          stepsLeft = steps.length;
          generation += 1;
          gate.close();
        },
        () => undefined,
      );
    },
    finished: () => finished,
    saidSoFar: () => said,
  };
}

function keyOf(cluster: number, what: 'trust' | 'terms'): number {
  return 2 * cluster + (what === 'trust' ? 0 : 1);
}

function clusterOf(key: number): number {
  return key >> 1;
}

function isTerms(key: number): boolean {
  return key % 2 === 1;
}

/** Whether every cluster is proven and none is silent. */
interface Gate {
  hear(cluster: number, isProven: boolean): void;
  passes(): boolean;
  /** Nobody is proven any more. */
  close(): void;
}

function createGate(clusters: number, silentAfterMs: number, timeline: Timeline): Gate {
  const proven = new Uint8Array(clusters);
  let count = 0;
  /** The one that was heard longest ago first: maps keep the order of insertion. */
  const heardAtMs = new Map<number, number>();
  for (let cluster = 0; cluster < clusters; cluster += 1) heardAtMs.set(cluster, 0);
  return {
    hear: (cluster, isProven) => {
      heardAtMs.delete(cluster);
      heardAtMs.set(cluster, timeline.nowMs());
      if (!isProven || proven[cluster] === 1) return;
      proven[cluster] = 1;
      count += 1;
    },
    passes: () => {
      if (count < clusters) return false;
      const [oldestMs = 0] = heardAtMs.values();
      return timeline.nowMs() - oldestMs <= silentAfterMs;
    },
    close: () => {
      proven.fill(0);
      count = 0;
    },
  };
}
