import { readExposition } from '@reroot/shared/testing';
import type { Crowd } from './crowd.ts';

/** What agents and mgmt have said to each other between two moments, as both ends count it. */
export interface Speech {
  /** From one count to the other: with thousands of agents each takes its time. */
  readonly seconds: number;
  /** Messages that the broker has handed over, by topic, where no agent has connected anew meanwhile. */
  readonly byTopic: ReadonlyMap<string, number>;
  /** Those that mgmt did not listen to, for whatever reason. */
  readonly unheard: number;
  /** Clusters whose agent answers mgmt at the end. */
  readonly answering: number;
}

/** Begins to count; the function that it gives ends that. */
export async function openSpeech(crowd: Crowd): Promise<() => Promise<Speech>> {
  const [unheard, topics, startedMs] = [unheardIn(await crowd.metrics()), await crowd.topics(), performance.now()];
  return async () => {
    const [topicsNow, endedMs, metrics] = [await crowd.topics(), performance.now(), await crowd.metrics()];
    const between = Object.entries(topicsNow).map(([topic, count = 0]) => [topic, count - (topics[topic] ?? 0)] as const);
    return {
      seconds: (endedMs - startedMs) / 1_000,
      byTopic: new Map(between.filter(([, count]) => count > 0).toSorted(([, one], [, two]) => two - one)),
      unheard: unheardIn(metrics) - unheard,
      answering: sumOf(metrics, 'reroot_agents_answering'),
    };
  };
}

function unheardIn(metrics: string): number {
  return sumOf(metrics, 'reroot_messages_refused_total') + sumOf(metrics, 'reroot_bus_dropped_messages_total');
}

/** Over all labels. @throws Error where there is no such metric */
function sumOf(metrics: string, name: string): number {
  if (!metrics.includes(`# TYPE ${name} `)) throw new Error(`mgmt has no metric ${name}`);
  const samples = readExposition(metrics).filter((sample) => sample.name === name);
  return samples.reduce((sum, { value }) => sum + value, 0);
}
