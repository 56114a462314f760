import { createChainCheck } from '@reroot/shared/audit';
import { generateIdentity } from '@reroot/shared/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuditOptions } from '../../audit.ts';
import { eventsStart } from '../../event-log.ts';
import type { Store } from '../../store.ts';
import { makeSqliteFolder } from '../../testing/sqlite-folder.ts';
import type { ImageLine } from '../image-line.ts';
import { openSqliteContents } from '../sqlite-contents.ts';
import type { StoreContents } from '../store-contents.ts';
import { anyDeeds, type Deed, fillStore } from './fill-store.ts';

/** Somewhere for a store, with nothing in it. */
export interface StorePlace {
  openStore(audit: AuditOptions): Promise<Store>;
  openContents(): Promise<StoreContents>;
  dispose(): Promise<void>;
}

const { identity } = generateIdentity();
const audit: AuditOptions = { identity, now: () => 7 };

/** All lines of what a place holds. */
export async function linesOf(contents: StoreContents): Promise<ImageLine[]> {
  const lines: ImageLine[] = [];
  for await (const line of contents.read()) lines.push(line);
  return lines;
}

/** The file of a SQLite store. */
export async function makeSqlitePlace(): Promise<StorePlace> {
  const folder = await makeSqliteFolder();
  return {
    openStore: (options) => folder.open({ audit: options }),
    openContents: () => openSqliteContents(folder.dataDir, 'make'),
    dispose: () => folder.dispose(),
  };
}

/** What every store says of itself, in words that do not depend on what keeps it. */
async function describeStore(store: Store): Promise<unknown> {
  const meshes = await store.listMeshes();
  const events = await store.readEvents(eventsStart, { limit: 10_000 });
  const { entries, heads, head, total } = await store.readAudit({ after: 0, limit: 10_000 });
  const chain = createChainCheck();
  for (const entry of entries) chain.take(entry);
  for (const each of head === undefined ? heads : [...heads, head]) chain.takeHead(each);
  return {
    events,
    end: await store.eventsEnd(),
    audit: { finding: chain.finish(), entries, total, keptHeads: heads.filter(({ seq }) => seq !== head?.seq), head },
    clusters: await store.listClusters(),
    meshes: await Promise.all(
      meshes.map(async (mesh) => {
        const roots = await store.listRoots(mesh);
        const proofs = await store.listProofs(mesh);
        return {
          stored: await store.readMesh(mesh),
          history: await store.listHistory(mesh),
          roots,
          issued: await Promise.all(roots.map(({ fingerprint }) => store.listIssued(mesh, fingerprint))),
          proofs: await Promise.all(proofs.map(({ id }) => store.readProof(mesh, id))),
          evidence: await store.listStepEvidence(mesh, 'r1'),
          after: await Promise.all([0, 1, 5, 1_000].map((limit) => store.readEvents(eventsStart, { limit, mesh }))),
        };
      }),
    ),
  };
}

/** What holds of all that a store has, whatever keeps it. */
export function describeContentsContract(name: string, make: () => Promise<StorePlace>): void {
  const within = async (look: (place: StorePlace, other: StorePlace) => Promise<void>): Promise<void> => {
    const [place, other] = [await make(), await makeSqlitePlace()];
    try {
      await look(place, other);
    } finally {
      await place.dispose();
      await other.dispose();
    }
  };
  const fill = async (place: StorePlace, deeds: readonly Deed[]): Promise<unknown> => {
    const store = await place.openStore(audit);
    await fillStore(store, deeds);
    const described = await describeStore(store);
    await store.close();
    return described;
  };
  const carry = async (from: StorePlace, to: StorePlace): Promise<ImageLine[]> => {
    const [source, target] = [await from.openContents(), await to.openContents()];
    try {
      const lines = await linesOf(source);
      await target.raiseTerm(await source.readTerm());
      await target.fill(source.read());
      expect(await linesOf(target)).toEqual(lines);
      return lines;
    } finally {
      await source.close();
      await target.close();
    }
  };

  describe(`all that is in ${name}`, () => {
    it('is the same after it was carried to a file of SQLite and back, whatever has befallen it', async () => {
      await fc.assert(
        fc.asyncProperty(anyDeeds, async (deeds) => {
          await within(async (place, other) => {
            const before = await fill(place, deeds);
            await carry(place, other);
            const carried = await other.openStore(audit);
            expect(await describeStore(carried)).toEqual(before);
            await carried.close();
            const back = await make();
            try {
              await carry(other, back);
              const store = await back.openStore(audit);
              expect(await describeStore(store)).toEqual(before);
              await store.close();
            } finally {
              await back.dispose();
            }
          });
        }),
        { numRuns: 8 },
      );
    });

    it('goes on where it was: the term, the numbers of events and the journal', async () => {
      await within(async (place, other) => {
        await fill(other, [
          { kind: 'act', mesh: 0 },
          { kind: 'proof', mesh: 0, cause: 'rotation' },
          { kind: 'rotation', mesh: 1 },
        ]);
        await carry(other, place);
        const store = await place.openStore(audit);
        const [end, { total }] = [await store.eventsEnd(), await store.readAudit({ after: 0, limit: 1 })];
        const term = await store.takeTerm();
        expect(term).toBe(2);
        const { record, revision } = (await store.readMesh('shop'))!;
        const condition = { ...(await store.listHistory('shop'))[0]!, atMs: 99, message: 'it goes on' };
        await store.compareAndSwap('shop', { term, revision }, { record, condition });
        const after = await store.readEvents(end, { limit: 10 });
        expect(after).toMatchObject({ kind: 'page', lost: [], entries: [{ number: end.condition.number + 1, mesh: 'shop' }] });
        const { entries } = await store.readAudit({ after: total, limit: 10 });
        expect(entries.map(({ entry }) => entry.seq)).toEqual([total + 1]);
        await expect(describeStore(store)).resolves.toBeDefined();
        await store.close();
      });
    });

    it('is refused where there is something already, and that stays as it is', async () => {
      await within(async (place, other) => {
        const before = await fill(place, []);
        await fill(other, [{ kind: 'act', mesh: 0 }]);
        const [source, target] = [await other.openContents(), await place.openContents()];
        expect(await target.isEmpty()).toBe(false);
        await expect(target.fill(source.read())).rejects.toMatchObject({ code: 'RR_STORE_NOT_EMPTY', place: target.place });
        await source.close();
        await target.close();
        const store = await place.openStore(audit);
        expect(await describeStore(store)).toEqual(before);
        await store.close();
      });
    });

    it('is there whole, or not at all, when it breaks off before its end', async () => {
      await within(async (place, other) => {
        await fill(other, [
          { kind: 'rotation', mesh: 0 },
          { kind: 'proof', mesh: 0, cause: 'rotation' },
        ]);
        const source = await other.openContents();
        const lines = await linesOf(source);
        for (const count of [0, 1, Math.floor(lines.length / 2), lines.length]) {
          const target = await place.openContents();
          const broken = async function* (): AsyncIterable<ImageLine> {
            yield* lines.slice(0, count);
            throw new Error('the line was cut');
          };
          await expect(target.fill(broken())).rejects.toThrow('the line was cut');
          await target.close();
          const again = await place.openContents();
          expect(await again.isEmpty()).toBe(true);
          await again.close();
        }
        await source.close();
        await carry(other, place);
      });
    });

    it('leaves the term out of account, and raises it by as much as is asked', async () => {
      await within(async (place) => {
        const contents = await place.openContents();
        expect([await contents.isEmpty(), await contents.readTerm()]).toEqual([true, 0]);
        expect(await contents.raiseTerm(41)).toBe(41);
        expect([await contents.isEmpty(), await contents.readTerm()]).toEqual([true, 41]);
        await contents.close();
        const store = await place.openStore(audit);
        expect(await store.takeTerm()).toBe(42);
        await store.close();
      });
    });
  });
}
