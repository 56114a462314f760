import { RerootError } from '@reroot/shared/errors';
import { describe, expect, it } from 'vitest';
import { createMemorySpace } from '../testing/memory-space.ts';
import type { DocumentSpace } from './document-space.ts';
import { createTransactions } from './document-transactions.ts';

describe('bytes that are kept for a transaction', () => {
  /** Commits, and rejects all the same. */
  const rejecting = (error: RerootError): DocumentSpace => {
    const space = createMemorySpace();
    return {
      ...space,
      transact: async (act) => {
        await space.transact(act);
        throw error;
      },
    };
  };
  const keep = async (space: DocumentSpace): Promise<Uint8Array | undefined> => {
    let kept = '';
    const audit = { now: () => 0 };
    const done = createTransactions(space, audit).fencedWith(0, Buffer.from('evidence'), async (_, blob = '') => {
      kept = blob;
    });
    await expect(done).rejects.toThrow();
    return space.readBlob(kept);
  };

  it('stay where nobody knows whether it was committed: what was committed names them', async () => {
    expect(await keep(rejecting(new RerootError('RR_STORE_FAILED', 'no answer came')))).toEqual(
      Uint8Array.from(Buffer.from('evidence')),
    );
  });

  it('are dropped where it was refused', async () => {
    expect(await keep(rejecting(new RerootError('RR_STORE_DEPOSED', 'another term is in force')))).toBeUndefined();
  });
});
