import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RerootError } from '@reroot/shared/errors';
import { describe, expect, it } from 'vitest';
import { eventsStart } from '../store/index.ts';
import { createMemorySpace } from '../store/testing/memory-space.ts';
import { openDocumentOutbox } from './document-outbox.ts';
import type { Cursor, Standing } from './find-news.ts';
import type { Notification } from './notification.ts';
import { notificationsSchema } from './notifications-schema.ts';
import { type Outbox, type OutboxBounds, openOutbox, type Taken } from './outbox.ts';

/** Somewhere for an outbox; what is opened twice is the same one, by the process after. */
interface OutboxPlace {
  open(bounds?: OutboxBounds, webhook?: object): Promise<Outbox>;
  dispose(): Promise<void>;
}

const cursor: Cursor = { position: eventsStart, state: 'NOT_ROTATING' };
const notification = (index: number, changes: Partial<Notification> = {}): Notification => ({
  ...{ id: `evt_${index}`, kind: 'state', severity: 'info', mesh: 'demo', atMs: index, title: `t${index}`, message: 'm' },
  ...{ reason: 'R', topic: `topic ${index}`, rotation: undefined, step: undefined, generation: undefined },
  ...changes,
});
const webhooksOf = (changes: object = {}) =>
  notificationsSchema.parse({ webhooks: [{ name: 'ops', url: 'http://127.0.0.1:9/', secretFile: 'secret', ...changes }] })
    .webhooks;
const taken = (news: readonly Notification[], changes: Partial<Taken> = {}): Taken => ({
  ...{ news, cursor, standings: new Map(), missing: 'over' },
  ...changes,
});

function describeOutboxContract(where: string, make: () => Promise<OutboxPlace>): void {
  const within = (look: (place: OutboxPlace) => Promise<void>) => async (): Promise<void> => {
    const place = await make();
    try {
      await look(place);
    } finally {
      await place.dispose();
    }
  };
  const drain = async (outbox: Outbox, nowMs = 1_000): Promise<string[]> => {
    const titles: string[] = [];
    for (let next = outbox.next('ops', nowMs); next !== undefined; next = outbox.next('ops', nowMs)) {
      titles.push(next.notification.title);
      await outbox.delivered(next, nowMs);
    }
    return titles;
  };

  describe(`the outbox in ${where}`, () => {
    it(
      'gives what waits in its order to whoever opens it next, and nothing twice that was delivered',
      within(async ({ open }) => {
        const first = await open();
        await first.take('demo', taken(Array.from({ length: 70 }, (_, index) => notification(index + 1))), 5);
        for (let count = 0; count < 40; count += 1) await first.delivered(first.next('ops', 6)!, 6);
        first.close();
        const second = await open();
        expect(second.cursorOf('demo')).toEqual(cursor);
        expect(second.cursorOf('other')).toBeUndefined();
        expect(second.health('ops')).toMatchObject({ queued: 30, delivered: 40, lastDeliveredAtMs: 6 });
        expect(await drain(second)).toEqual(Array.from({ length: 30 }, (_, index) => `t${index + 41}`));
        second.close();
        const third = await open();
        expect(await drain(third)).toEqual([]);
        await third.take('demo', taken([notification(80)]), 5);
        expect(await drain(third)).toEqual(['t80']);
        third.close();
      }),
    );

    it(
      'takes nothing in twice that waits',
      within(async ({ open }) => {
        const outbox = await open();
        for (let times = 0; times < 2; times += 1) await outbox.take('demo', taken([notification(1)]), 5);
        expect(outbox.health('ops').queued).toBe(1);
        outbox.close();
      }),
    );

    it(
      'keeps of one topic the newest when much waits, and never more than its bound',
      within(async ({ open }) => {
        const outbox = await open({ coalesceBeyond: 3, maxQueued: 5 });
        const all = [
          ...Array.from({ length: 6 }, (_, index) => notification(index, { topic: 'one' })),
          ...Array.from({ length: 9 }, (_, index) => notification(10 + index)),
        ];
        await outbox.take('demo', taken(all), 1);
        expect(outbox.health('ops')).toMatchObject({ queued: 5, coalesced: 3, givenUp: 7 });
        outbox.close();
        const again = await open();
        expect(await drain(again)).toEqual(['t14', 't15', 't16', 't17', 't18']);
        again.close();
      }),
    );

    it(
      'tells what begins and what is over, once each, over a restart too',
      within(async ({ open }) => {
        const standing: Standing = { ...notification(1), kind: 'alarm', title: 'alarm X' };
        const at = async (standings: ReadonlyMap<string, Standing>, nowMs: number, changes: Partial<Taken> = {}) => {
          const outbox = await open();
          await outbox.take('demo', taken([], { standings, ...changes }), nowMs);
          outbox.close();
        };
        await at(new Map([['k', standing]]), 10);
        await at(new Map([['k', standing]]), 20);
        await at(new Map(), 25, { missing: 'not-known-yet' });
        await at(new Map(), 30);
        const outbox = await open();
        expect(await drain(outbox)).toEqual(['alarm X', 'alarm X is over']);
        outbox.close();
      }),
    );

    it(
      'tries again when it is due, lets others pass meanwhile, and knows since when nothing was taken',
      within(async ({ open }) => {
        const outbox = await open();
        await outbox.take('demo', taken([notification(1), notification(2)]), 5);
        const first = outbox.next('ops', 10)!;
        await outbox.failed(first, 'status 500', 10, 50);
        await outbox.failed(outbox.next('ops', 11)!, 'status 400', 11, undefined);
        expect(outbox.next('ops', 12)).toBeUndefined();
        const failing = { queued: 1, failedAttempts: 2, givenUp: 1, failingSinceMs: 10, lastFailure: 'status 400' };
        expect(outbox.health('ops')).toMatchObject(failing);
        expect(outbox.next('ops', 50)).toMatchObject({ attempts: 1, notification: { title: 't1' } });
        await outbox.delivered(outbox.next('ops', 50)!, 50);
        expect(outbox.health('ops')).toMatchObject({ queued: 0, failingSinceMs: undefined, lastFailure: undefined });
        outbox.close();
      }),
    );

    it(
      'queues for a receiver only what it wants',
      within(async ({ open }) => {
        const outbox = await open(undefined, { events: ['failure'], meshes: ['demo'] });
        await outbox.take('demo', taken([notification(1), notification(2, { kind: 'failure' })]), 1);
        await outbox.take('other', taken([notification(3, { kind: 'failure', mesh: 'other' })]), 1);
        expect(await drain(outbox)).toEqual(['t2']);
        outbox.close();
      }),
    );
  });
}

describeOutboxContract('a file', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'reroot-outbox-'));
  return {
    open: async (bounds, webhook) => openOutbox(dir, webhooksOf(webhook), bounds),
    dispose: () => rm(dir, { recursive: true }),
  };
});

describeOutboxContract('a space of documents', async () => {
  const space = createMemorySpace();
  return {
    open: (bounds, webhook) =>
      openDocumentOutbox(space, { webhooks: webhooksOf(webhook), ...(bounds === undefined ? {} : { bounds }) }),
    dispose: () => space.close(),
  };
});

describe('the outbox in a space', () => {
  it('takes nothing from a writer that leads no more, and shows nothing that was not kept', async () => {
    const space = createMemorySpace();
    let leads = true;
    const fence = async (): Promise<void> => {
      if (!leads) throw new RerootError('RR_STORE_DEPOSED', 'another one leads');
    };
    const former = await openDocumentOutbox(space, { webhooks: webhooksOf(), fence });
    await former.take('demo', taken([notification(1), notification(2)]), 1);
    leads = false;
    const deposed = { code: 'RR_STORE_DEPOSED' };
    await expect(former.delivered(former.next('ops', 2)!, 2)).rejects.toMatchObject(deposed);
    await expect(former.take('demo', taken([notification(3)]), 2)).rejects.toMatchObject(deposed);
    expect(former.health('ops')).toMatchObject({ queued: 2, delivered: 0 });
    const next = await openDocumentOutbox(space, { webhooks: webhooksOf() });
    expect(next.health('ops')).toMatchObject({ queued: 2, delivered: 0 });
  });

  it('leaves no document behind of what was delivered, and none is large', async () => {
    const space = createMemorySpace();
    const outbox = await openDocumentOutbox(space, { webhooks: webhooksOf() });
    await outbox.take('demo', taken(Array.from({ length: 50 }, (_, index) => notification(index + 1))), 1);
    expect((await space.list('outbox-queue/ops')).length).toBeGreaterThan(1);
    while (outbox.next('ops', 2) !== undefined) await outbox.delivered(outbox.next('ops', 2)!, 2);
    expect(await space.list('outbox-queue/ops')).toEqual([]);
  });
});
