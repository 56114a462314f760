import { generateIdentity } from '@reroot/shared/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { createMemorySpace } from '../testing/memory-space.ts';
import { checkJournalEnd, segmentEntries } from './document-journal.ts';
import type { DocumentSpace } from './document-space.ts';
import { createDocumentStore } from './document-store.ts';

const { identity } = generateIdentity();

interface End {
  readonly last: { readonly seq: number; readonly hash: string };
  readonly sealed: number;
  readonly tail: readonly object[];
}

describe('the end of a journal in documents', () => {
  let space: DocumentSpace;
  beforeEach(async () => {
    space = createMemorySpace();
    const store = createDocumentStore(space, { audit: { identity } });
    const term = await store.takeTerm();
    for (let index = 0; index < 3; index += 1) await store.note({ kind: 'start', action: 'mgmt.start', message: 'again' }, term);
  });

  const readEnd = async (): Promise<End> => (await space.get('head/journal')) as End;
  const change = async (tamper: (end: End) => object): Promise<void> => {
    const end = await readEnd();
    await space.transact(async (documents) => documents.put('head/journal', tamper(end)));
  };

  it('is what was signed, of a journal that has not begun too', async () => {
    await expect(checkJournalEnd(space)).resolves.toBeUndefined();
    await expect(checkJournalEnd(createMemorySpace())).resolves.toBeUndefined();
  });

  it.each<[string, (end: End) => object, string]>([
    ['lacks its last entry', (end) => ({ ...end, tail: end.tail.slice(0, -1) }), 'ends with entry 3'],
    ['has no entry any more', (end) => ({ ...end, tail: [] }), 'has no entry'],
    [
      'ends where another one was signed',
      (end) => ({ ...end, last: { seq: 3, hash: (end.tail[2] as End['last']).hash }, tail: end.tail.slice(0, -1) }),
      'mgmt has written entry 4',
    ],
  ])('is told from one that %s', async (_, tamper, message) => {
    await change(tamper);
    await expect(checkJournalEnd(space)).rejects.toMatchObject({
      code: 'RR_STORE_CORRUPT',
      message: expect.stringContaining(message),
    });
  });

  it('stays short: entries that are many enough are put into a document that never changes', async () => {
    const store = createDocumentStore(space, { audit: { identity } });
    const term = await store.readTerm();
    for (let index = 0; index < 3 * segmentEntries; index += 1) {
      await store.note({ kind: 'start', action: 'mgmt.start', message: `start ${index}` }, term);
      expect((await readEnd()).tail.length).toBeLessThanOrEqual(segmentEntries);
    }
    expect((await space.list('journal')).map(({ key }) => key)).toEqual([0, 1, 2].map((n) => `journal/0000000${n}`));
    await expect(checkJournalEnd(space)).resolves.toBeUndefined();
  });
});
