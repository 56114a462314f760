import { jitterShare } from '@reroot/agent/testing-link';
import type { AgentCosts, Intervals, Novelty, Step } from './costs.ts';
import type { Worker } from './machine.ts';
import type { Timeline } from './timeline.ts';

/** What an agent says to mgmt. */
export type Said =
  /** `proof`: whether its cluster holds all of what was written. */
  | { readonly kind: 'report'; readonly generation: number; readonly proof: 'whole' | 'part'; readonly novelty: Novelty }
  | { readonly kind: 'link' }
  | { readonly kind: 'issue' };

/** What mgmt says to an agent. */
export type Told =
  | { readonly kind: 'trust'; readonly generation: number; readonly step: Step }
  | { readonly kind: 'terms' }
  | { readonly kind: 'issued' };

/** An agent with its cluster: one pass at a time, as `packages/agent/src/loop.ts` and `pass.ts` have it. */
export interface AgentModel {
  hear(told: Told): void;
}

/** Where an agent's work is done: in the main thread of its process, and partly beside it. */
export interface AgentPlace {
  readonly main: Worker;
  readonly beside: Worker;
}

export interface AgentOptions {
  readonly timeline: Timeline;
  readonly place: AgentPlace;
  readonly costs: AgentCosts;
  readonly intervals: Intervals;
  readonly random: () => number;
  readonly say: (said: Said) => void;
  /** Called for each look at the cluster. */
  readonly onLook: () => void;
}

/** At rest, with a first report due at some moment of the interval. */
export function createAgentModel({ timeline, place, costs, intervals, random, say, onLook }: AgentOptions): AgentModel {
  let phase: 'waiting' | 'settling' | 'passing' = 'waiting';
  let called: 'not' | 'to-look' | 'to-report' = 'not';
  let desired: { readonly generation: number; readonly step: Step } | undefined;
  let onIssued: () => void = () => undefined;
  let written = 0;
  /** Looks since it was written, that one among them; at rest all has long been seen. */
  let looks = Number.POSITIVE_INFINITY;
  let unchanged = 0;
  const { reportIntervalMs, settleMs } = intervals;
  /** The last report, and by how much of the interval the next one comes early. */
  let sent = { atMs: timeline.nowMs() - random() * reportIntervalMs, early: jitterShare * random() };
  let timer = 0;

  const waitUntil = (atMs: number): void => {
    phase = 'waiting';
    timer += 1;
    const mine = timer;
    timeline.at(atMs, () => {
      if (phase === 'waiting' && timer === mine) pass();
    });
  };
  const call = (why: 'to-look' | 'to-report'): void => {
    if (called !== 'to-report') called = why;
    if (phase === 'waiting') settle();
  };
  const settle = (): void => {
    phase = 'settling';
    timeline.after(settleMs, pass);
  };
  /** A pass awaits what is done beside the main thread; others have their turn there meanwhile. */
  const work = (costMs: number, then: () => void): void => {
    const mainMs = (costMs * costs.mainShare) / 2;
    place.main.work(mainMs, () => {
      place.beside.work(costMs * (1 - costs.mainShare), () => place.main.work(mainMs, then));
    });
  };
  const pass = (): void => {
    phase = 'passing';
    onLook();
    const why = called;
    called = 'not';
    if (desired === undefined || desired.generation <= written) {
      const isNew = why === 'to-look' || looks < (desired?.step.provenAfterLooks ?? 0);
      work(isNew ? costs.lookMs : costs.again * costs.lookMs, () => finish(why, looks + 1));
      return;
    }
    const { generation, step } = desired;
    const write = (costMs: number): void =>
      work(costMs, () => {
        written = generation;
        // The agent is told of its own writing as of any other.
        if (called === 'not') called = 'to-look';
        finish(why, 1);
      });
    if (step.intermediate === 'keep') {
      write(costs.lookMs);
      return;
    }
    onIssued = () => write(costs.lookMs / 2);
    work(costs.lookMs / 2, () => say({ kind: 'issue' }));
  };
  const finish = (why: typeof called, looksNow: number): void => {
    looks = looksNow;
    const nowMs = timeline.nowMs();
    const provenAfter = desired?.step.provenAfterLooks ?? 1;
    const changed = looks <= provenAfter;
    unchanged = changed ? 0 : unchanged + 1;
    if (changed || why === 'to-report' || nowMs >= dueAtMs()) {
      const proof = looks >= provenAfter ? 'whole' : 'part';
      say({ kind: 'report', generation: written, proof, novelty: changed ? 'news' : 'again' });
      sent = { atMs: nowMs, early: jitterShare * random() };
    }
    if (called === 'not') waitUntil(Math.max(nowMs + settleMs, Math.min(dueAtMs(), nowMs + nextLookMs())));
    else settle();
  };
  const nextLookMs = (): number => (looks > 1 ? reportIntervalMs : Math.min(reportIntervalMs, settleMs * 2 ** (unchanged + 1)));
  const dueAtMs = (): number => sent.atMs + reportIntervalMs * (1 - sent.early);

  waitUntil(timeline.nowMs() + random() * reportIntervalMs);
  return {
    hear: (told) => {
      switch (told.kind) {
        case 'trust':
          place.main.work(costs.hearMs, () => {
            if (told.generation > (desired?.generation ?? 0)) desired = told;
            call('to-report');
          });
          return;
        case 'terms':
          place.main.work(costs.answerMs, () => say({ kind: 'link' }));
          return;
        case 'issued':
          place.main.work(costs.hearMs, onIssued);
      }
    },
  };
}
