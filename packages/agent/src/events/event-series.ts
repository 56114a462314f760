import { type Clock, createTokenBucket, type TokenBucket } from '@reroot/shared/clock';
import type { ClusterEvent } from '../cluster/cluster-event.ts';
import type { Occurrence } from './occurrence.ts';

/** Makes events of what happens: the same again is a repetition, and there are never more than the cluster should bear. */
export interface EventSeries {
  /** Undefined where it is only counted: told lately, or too much of its kind. */
  note(occurrence: Occurrence): ClusterEvent | undefined;
}

/** The API server forgets an Event an hour after it was last written (--event-ttl): what comes later than that is told anew. */
const forgottenAfterMs = 3_600_000;
/** One that repeats is written no more often than this. */
export const repeatAfterMs = 60_000;
/** Different events of one reason: replicas and owners have names, and a message may hold anything. */
const rateOfReason = { burst: 10, perSecond: 1 / 60 };
const maxSeries = 200;

/** Nothing has happened yet. @param newId names a series; see `ClusterEvent.id` */
export function createEventSeries(clock: Clock, newId: () => string): EventSeries {
  const told = new Map<string, ClusterEvent>();
  const counted = new Map<string, number>();
  const rates = new Map<string, TokenBucket>();

  const mayTell = (reason: string): boolean => {
    const rate = rates.get(reason) ?? createTokenBucket(rateOfReason, clock);
    rates.set(reason, rate);
    if (rate.left() < 1) return false;
    rate.take(1);
    return true;
  };
  const keep = (key: string, event: ClusterEvent): ClusterEvent => {
    // Last told, last in the map: what goes first was not told for the longest time.
    told.delete(key);
    counted.delete(key);
    told.set(key, event);
    const [oldest] = told.keys();
    if (told.size > maxSeries && oldest !== undefined) {
      told.delete(oldest);
      counted.delete(oldest);
    }
    return event;
  };
  return {
    note: ({ key, ...occurrence }) => {
      const nowMs = clock.now();
      const before = told.get(key);
      if (before === undefined || nowMs - before.lastAtMs > forgottenAfterMs) {
        if (!mayTell(occurrence.reason)) return undefined;
        return keep(key, { ...occurrence, id: newId(), count: 1, firstAtMs: nowMs, lastAtMs: nowMs });
      }
      const count = (counted.get(key) ?? before.count) + 1;
      counted.set(key, count);
      if (nowMs - before.lastAtMs < repeatAfterMs) return undefined;
      return keep(key, { ...before, count, lastAtMs: nowMs });
    },
  };
}
