import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createMemorySpace } from '../testing/memory-space.ts';
import { createKeptList } from './kept-list.ts';

const list = createKeptList(z.strictObject({ number: z.int(), text: z.string() }), 'entries');

describe('a list of which the newest entries are kept', () => {
  it('keeps exactly those, says which are not kept any more, and takes no more documents than that needs', async () => {
    const sizes = fc.array(fc.constantFrom(1, 1_000, 40_000), { minLength: 1, maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(sizes, fc.integer({ min: 1, max: 120 }), async (all, limit) => {
        const space = createMemorySpace();
        const written: number[] = [];
        const dropped: number[] = [];
        for (const [number, size] of all.entries()) {
          written.push(number);
          await space.transact(async (documents) => {
            const entry = { number, text: 'x'.repeat(size) };
            dropped.push(...(await list.append(documents, 'a/b', entry, limit)).map((each) => each.number));
          });
        }
        const kept = (await list.read(space, 'a/b', limit)).map(({ number }) => number);
        expect([...dropped, ...kept]).toEqual(written);
        expect(kept).toEqual(written.slice(-limit));
        const parts = (await space.list('a/b')) as readonly { readonly value: { readonly entries: readonly unknown[] } }[];
        const entries = parts.reduce((count, { value }) => count + value.entries.length, 0);
        // One part is about to be used anew, one is being filled.
        expect(entries).toBeLessThanOrEqual(limit + 100);
      }),
      { numRuns: 40 },
    );
  });
});
