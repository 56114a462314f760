import { createFakeClock } from '@reroot/shared/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { maxNoteBytes } from '../cluster/cluster-event.ts';
import { createEventSeries, type EventSeries } from './event-series.ts';
import { actOf, problemEvent } from './occurrence.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
let clock: ReturnType<typeof createFakeClock>;
let series: EventSeries;
let ids: number;

beforeEach(() => {
  clock = createFakeClock(1_000);
  ids = 0;
  series = createEventSeries(clock, () => `id-${(ids += 1)}`);
});

const unread = (message: string) => problemEvent({ code: 'RR_WORKLOADS_UNREAD', message, remedy: 'wait' });

describe('a series of events', () => {
  it('is told at once the first time, and with all its repetitions when a minute has passed', () => {
    const written = actOf('TrustWritten', 'generation 5');
    const first = { id: 'id-1', severity: 'normal', action: 'WriteTrust', reason: 'TrustWritten', note: 'generation 5' };
    expect(series.note(written)).toEqual({ ...first, count: 1, firstAtMs: 1_000, lastAtMs: 1_000 });
    clock.advance(minuteMs - 1);
    expect(series.note(written)).toBeUndefined();
    clock.advance(1);
    expect(series.note(written)).toEqual({ ...first, count: 3, firstAtMs: 1_000, lastAtMs: 1_000 + minuteMs });
  });

  it('begins anew when the cluster has forgotten it', () => {
    series.note(actOf('TrustWritten', 'generation 5'));
    clock.advance(hourMs + 1);
    expect(series.note(actOf('TrustWritten', 'generation 5'))).toMatchObject({ id: 'id-2', count: 1 });
  });

  it('is another one for another generation or another replica, and the same for another count', () => {
    expect(series.note(actOf('TrustWritten', 'generation 5'))?.id).toBe('id-1');
    expect(series.note(actOf('TrustWritten', 'generation 6'))?.id).toBe('id-2');
    expect(series.note(unread('3 of 12 proxies of istiod-0'))?.id).toBe('id-3');
    expect(series.note(unread('2 of 12 proxies of istiod-1'))?.id).toBe('id-4');
    clock.advance(minuteMs);
    expect(series.note(unread('1 of 12 proxies of istiod-0'))).toMatchObject({ id: 'id-3', count: 2 });
  });

  it('is not begun more than ten times at once for one reason, which keeps no other reason waiting', () => {
    const told = Array.from({ length: 30 }, (_, index) => series.note(actOf('ReplicaRestarted', `istiod-${index}`)));
    expect(told.filter((event) => event !== undefined)).toHaveLength(10);
    expect(series.note(actOf('TrustWritten', 'generation 5'))).toBeDefined();
    clock.advance(minuteMs);
    expect(series.note(actOf('ReplicaRestarted', 'istiod-99'))).toBeDefined();
    expect(series.note(actOf('ReplicaRestarted', 'istiod-100'))).toBeUndefined();
  });
});

describe('a problem as an event', () => {
  it('has its code in CamelCase as reason, and says what to do', () => {
    const event = problemEvent({ code: 'RR_REPLICA_NOT_LOADED', message: 'istiod-0 holds other trust', remedy: 'look at it' });
    expect(event).toMatchObject({
      severity: 'warning',
      reason: 'ReplicaNotLoaded',
      note: 'RR_REPLICA_NOT_LOADED: istiod-0 holds other trust; remedy: look at it',
    });
  });

  it.each(['x', 'ü', '€', '😀'])('fits what Kubernetes takes, however long the message of "%s" is', (character) => {
    const { note } = problemEvent({ code: 'RR_INTERNAL', message: character.repeat(2_000), remedy: 'none' });
    expect(Buffer.byteLength(note)).toBeLessThanOrEqual(maxNoteBytes);
    expect(Buffer.byteLength(note)).toBeGreaterThan(maxNoteBytes - 4);
    expect(note).toMatch(new RegExp(`^RR_INTERNAL: (${character})+…$`, 'u'));
  });
});
