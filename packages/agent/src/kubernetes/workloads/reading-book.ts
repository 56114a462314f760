import { isDeepStrictEqual } from 'node:util';
import type { Workload } from '../../cluster/cluster.ts';
import { createHoldsFiles, type TrustFiles } from './holds-files.ts';
import { afterLook, knownOf, newEntry, type ProxyEntry, type View, workloadsOf } from './proxy-entry.ts';
import type { ProxyPod } from './proxy-pod.ts';
import type { ReadResult } from './read-proxy.ts';
import { type Outlook, type Pace, rereadAfter } from './reread-after.ts';

/** The state of the cluster that readings belong to. */
export interface Current {
  /**
   * Version of the `cacerts` Secret; undefined when there is none. Anything else that changes what proxies are given may be
   * part of it, such as what istiod's replicas were last seen to hold: readings from before a change are never shown.
   */
  readonly secretVersion: string | undefined;
  /** What the Secret holds. Without it all proxies count as lagging, and are read more often than they need be. */
  readonly files?: TrustFiles | undefined;
}

/** A pod that is to be read now. It belongs to the period in which reading it begins. */
export interface Reading {
  readonly pod: ProxyPod;
  readonly period: number;
}

/** What to do next: read a pod, or nothing before a moment. */
export type NextRead = { readonly kind: 'read'; readonly reading: Reading } | { readonly kind: 'wait'; readonly untilMs: number };

/** Says which proxies are to be read when, and what is known of each. Time is handed in. */
export interface ReadingBook {
  /** Takes over which pods there are. @returns whether one has gone */
  setPods(pods: readonly ProxyPod[], nowMs: number): 'gone' | 'kept';
  /** Begins a new period when the state is another than before. */
  setCurrent(current: Current, nowMs: number): void;
  /** Takes failures for nothing, as after an outage of the cluster itself: those proxies are read again first. */
  forgetFailures(nowMs: number): void;
  next(nowMs: number): NextRead;
  /** @returns whether that changed what is known of the pod */
  note(reading: Reading, result: ReadResult, nowMs: number): 'changed' | 'same';
  /** How many proxies there are. */
  count(): number;
  /** How many of them nothing is known of in this period. */
  countUnknown(giveUp: View['giveUp'], nowMs: number): number;
  /** Each proxy that something is known of, in the order of the pods. */
  workloads(giveUp: View['giveUp'], nowMs: number): readonly Workload[];
}

/**
 * A book without pods, in no period yet: nothing is read before the first `setCurrent`.
 *
 * A mesh is too large to be read whenever somebody asks, and what a proxy holds now cannot be known without reading it. What
 * may be left out is decided by one rule: *a reading is shown only if it was begun in the present period, by the same
 * process of the same pod, and is not older than `rereadAfterMs`.* A period ends when the Secret changes, by a nudge too, so
 * each step of a rotation is proven by readings from after it. It follows that
 * - a proxy that held the right thing in a former period is read again before it counts, for a step that was taken back may
 *   have reached it in between;
 * - within a period a proxy that holds what the Secret leads to stays so, except while replicas of istiod still differ, when
 *   it can be given the former trust again. Who composes `secretVersion` ends the period when they have come together;
 * - one that does not hold it is only behind the truth, never ahead of it, until it is read again. That is soon at first,
 *   and less often the longer it lags, see `rereadAfter`.
 *
 * A failed reading says nothing about what is held. It may therefore outlive a period, and replaces no reading that is still
 * good.
 */
export function createReadingBook(pace: Omit<Pace, 'lagging'>): ReadingBook {
  const entries = new Map<string, ProxyEntry>();
  const lagging = new Set<string>();
  let secretVersion: string | undefined;
  let holdsFiles = createHoldsFiles(undefined);
  let period = 0;

  const view = (giveUp: View['giveUp'], nowMs: number): View => ({
    period,
    rereadAfterMs: pace.rereadAfterMs,
    giveUp,
    nowMs,
  });
  const outlookOf = ({ read, failed, sinceMs }: ProxyEntry, nowMs: number): Outlook => {
    if (failed !== undefined) return { kind: 'failed', ...failed };
    if (read?.held.every(holdsFiles) === true) return { kind: 'settled' };
    return { kind: 'lagging', forMs: nowMs - sinceMs };
  };
  const schedule = (entry: ProxyEntry, nowMs: number): ProxyEntry => {
    const outlook = outlookOf(entry, nowMs);
    if (outlook.kind === 'lagging') lagging.add(entry.pod.key);
    else lagging.delete(entry.pod.key);
    return { ...entry, dueAtMs: nowMs + rereadAfter(outlook, { ...pace, lagging: lagging.size }) };
  };

  return {
    setPods: (pods, nowMs) => {
      const present = new Set(pods.map(({ key }) => key));
      const gone = [...entries.keys()].filter((key) => !present.has(key));
      for (const key of gone) {
        entries.delete(key);
        lagging.delete(key);
      }
      const next = pods.map((pod) => ({ ...(entries.get(pod.key) ?? newEntry(pod, nowMs)), pod }));
      entries.clear();
      for (const entry of next) entries.set(entry.pod.key, entry);
      return gone.length > 0 ? 'gone' : 'kept';
    },
    setCurrent: (current, nowMs) => {
      if (period > 0 && current.secretVersion === secretVersion) return;
      ({ secretVersion } = current);
      holdsFiles = createHoldsFiles(current.files);
      period += 1;
      lagging.clear();
      for (const [key, entry] of entries) entries.set(key, { ...entry, dueAtMs: nowMs, sinceMs: nowMs });
    },
    forgetFailures: (nowMs) => {
      for (const [key, entry] of entries) {
        if (entry.failed !== undefined) entries.set(key, { ...entry, failed: undefined, dueAtMs: nowMs });
      }
    },
    next: (nowMs) => {
      if (period === 0) return { kind: 'wait', untilMs: Number.POSITIVE_INFINITY };
      const strict = view('after-two', nowMs);
      const entry = mostUrgent(entries.values(), (each) => rankOf(each, strict));
      if (entry === undefined || entry.dueAtMs > nowMs) {
        return { kind: 'wait', untilMs: entry?.dueAtMs ?? Number.POSITIVE_INFINITY };
      }
      entries.set(entry.pod.key, { ...entry, state: 'reading' });
      return { kind: 'read', reading: { pod: entry.pod, period } };
    },
    note: (reading, result, nowMs) => {
      const before = entries.get(reading.pod.key);
      if (before === undefined) return 'same';
      const looked = afterLook(before, result, reading.period, nowMs);
      const after = reading.period === period ? schedule(looked, nowMs) : looked;
      entries.set(reading.pod.key, after);
      const strict = view('after-two', nowMs);
      return isDeepStrictEqual(knownOf(before, strict), knownOf(after, strict)) ? 'same' : 'changed';
    },
    count: () => entries.size,
    countUnknown: (giveUp, nowMs) => {
      const shown = view(giveUp, nowMs);
      return [...entries.values()].filter((entry) => knownOf(entry, shown) === undefined).length;
    },
    workloads: (giveUp, nowMs) => {
      const shown = view(giveUp, nowMs);
      return [...entries.values()].flatMap((entry) => {
        const result = knownOf(entry, shown);
        return result === undefined ? [] : workloadsOf(entry.pod, result);
      });
    },
  };
}

/** Lower is more urgent: those of whom nothing is known, then the others that are due, then those that will be. */
function rankOf(entry: ProxyEntry, view: View): number {
  if (entry.dueAtMs > view.nowMs) return 2;
  return knownOf(entry, view) === undefined ? 0 : 1;
}

/** Of those that are not being read; within a rank the one that is due first. */
function mostUrgent(entries: Iterable<ProxyEntry>, rank: (entry: ProxyEntry) => number): ProxyEntry | undefined {
  let found: ProxyEntry | undefined;
  let foundRank = Number.POSITIVE_INFINITY;
  for (const entry of entries) {
    if (entry.state === 'reading') continue;
    const own = rank(entry);
    if (found !== undefined && (own > foundRank || (own === foundRank && entry.dueAtMs >= found.dueAtMs))) continue;
    found = entry;
    foundRank = own;
  }
  return found;
}
