import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EventPage, type EventPosition, eventsStart, type StoredEvent } from '../event-log.ts';
import type { Store } from '../store.ts';
import { sampleProof } from './proof-contract.ts';
import { newMesh, type StoreUnderTest, type StoreUnderTestOptions } from './store-contract.ts';

const limit = 100;

/** What every store does with its event log. */
export function describeEventLogContract(what: string, make: (options?: StoreUnderTestOptions) => Promise<StoreUnderTest>): void {
  describe(`${what}, as an event log,`, () => {
    let [store, dispose, term]: [Store, () => Promise<void>, number] = [undefined!, undefined!, 0];
    const open = async (options: StoreUnderTestOptions = {}): Promise<void> => {
      ({ store, dispose } = await make(options));
      term = await store.takeTerm();
      for (const mesh of ['demo', 'other']) await store.createMesh(newMesh(mesh), term);
    };
    beforeEach(() => open());
    afterEach(() => dispose());

    const write = async (mesh: string, atMs: number): Promise<void> => {
      const { revision, record } = (await store.readMesh(mesh))!;
      await store.compareAndSwap(mesh, { term, revision }, { record, condition: { ...newMesh(mesh).condition, atMs } });
    };
    const prove = (mesh: string, id: string, atMs: number): Promise<void> =>
      store.keepProof(mesh, sampleProof(id, { atMs }), term);
    const read = async (after: EventPosition, mesh?: string, most = limit): Promise<Extract<EventPage, { kind: 'page' }>> => {
      const page = await store.readEvents(after, { limit: most, mesh });
      if (page.kind !== 'page') throw new Error(page.kind);
      return page;
    };

    it('has everything that was written, in order, and nothing twice', async () => {
      const before = await store.eventsEnd();
      await write('demo', 10);
      await prove('other', 'p1', 11);
      await write('other', 12);
      await prove('demo', 'p2', 12);
      const { entries, end, lost } = await read(before);
      expect(entries.map(nameOf)).toEqual(['demo 10', 'other p1', 'other 12', 'demo p2']);
      expect(lost).toEqual([]);
      expect(end).toEqual(await store.eventsEnd());
      expect((await read(end)).entries).toEqual([]);
      expect((await read(eventsStart)).entries).toHaveLength(6);
    });

    it('is read page by page, and each page goes on where the one before ended', async () => {
      for (let atMs = 10; atMs < 20; atMs += 2) {
        await write('demo', atMs);
        await prove('demo', `p${atMs + 1}`, atMs + 1);
      }
      const whole = await read(eventsStart);
      const found: StoredEvent[] = [];
      for (let at = eventsStart; ; ) {
        const { entries, end } = await read(at, undefined, 3);
        if (entries.length === 0) break;
        found.push(...entries);
        at = end;
      }
      expect(found).toEqual(whole.entries);
    });

    it('is read of one mesh, up to the end of all', async () => {
      const before = await store.eventsEnd();
      for (const atMs of [10, 11, 12]) await write('demo', atMs);
      await write('other', 13);
      const { entries, end } = await read(before, 'other');
      expect(entries.map(nameOf)).toEqual(['other 13']);
      expect(end).toEqual(await store.eventsEnd());
      const part = await read(before, 'demo', 2);
      expect((await read(part.end, 'demo')).entries.map(nameOf)).toEqual(['demo 12']);
    });

    it('keeps the order in which entries of a kind were written, whatever the clock says', async () => {
      const before = await store.eventsEnd();
      for (const atMs of [20, 10, 15]) await write('demo', atMs);
      expect((await read(before)).entries.map(nameOf)).toEqual(['demo 20', 'demo 10', 'demo 15']);
    });

    it('says whose entries it has dropped, and since when it has them', async () => {
      await dispose();
      await open({ historyLimits: { act: 3, evidence: 3, drift: 3 }, proofLimit: 2 });
      const before = await store.eventsEnd();
      await write('other', 10);
      for (const atMs of [11, 12, 13, 14]) await write('demo', atMs);
      for (const atMs of [15, 16, 17]) await prove('other', `p${atMs}`, atMs);
      const { entries, lost } = await read(before);
      expect(entries.map(nameOf)).toEqual(['other 10', 'demo 12', 'demo 13', 'demo 14', 'other p16', 'other p17']);
      expect(lost).toEqual([
        { mesh: 'demo', oldestKeptAtMs: 12 },
        { mesh: 'other', oldestKeptAtMs: 16 },
      ]);
      expect((await read(before, 'demo')).lost).toEqual([{ mesh: 'demo', oldestKeptAtMs: 12 }]);
      expect((await read((await read(before)).end)).lost).toEqual([]);
    });

    it('knows a place of another log', async () => {
      const end = await store.eventsEnd();
      await write('demo', 10);
      const { condition } = await store.eventsEnd();
      const places = [
        { ...end, condition: { ...end.condition, atMs: 99 } },
        { ...end, condition: { number: condition.number, atMs: 11 } },
        { ...end, condition: { number: condition.number + 1, atMs: 11 } },
        { ...end, proof: { number: 1, atMs: 11 } },
      ];
      for (const place of places) expect(await store.readEvents(place, { limit })).toEqual({ kind: 'replaced' });
    });
  });
}

function nameOf(entry: StoredEvent): string {
  return `${entry.mesh} ${entry.kind === 'proof' ? entry.proof.id : entry.condition.atMs}`;
}
