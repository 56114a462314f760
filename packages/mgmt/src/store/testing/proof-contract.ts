import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Proof, summaryOf } from '../proof.ts';
import type { Store } from '../store.ts';
import { newMesh, type StoreUnderTest, type StoreUnderTestOptions } from './store-contract.ts';

/** A proof with every kind of value. */
export function sampleProof(id: string, changes: Partial<Proof> = {}): Proof {
  return {
    id,
    cause: 'rotation',
    by: 'reroot',
    rotationId: 'r1',
    state: 'VERIFYING',
    step: 'ADDING_NEW_ROOT',
    generation: 2,
    startedAtMs: 1,
    atMs: 2,
    outcome: 'failed',
    message: 'handshakes: 1 of 2 was refused',
    checks: [
      {
        name: 'handshakes',
        outcome: 'failed',
        message: '1 of 2 was refused',
        laggards: [{ cluster: 'east', reason: 'HandshakeRefused', message: 'it refuses west', replica: 'istiod-0' }],
        evidence: { handshakes: [{ client: 'east', server: 'west', outcome: 'refused', alert: 48 }] },
      },
      { name: 'matrix', outcome: 'passed', message: '4 of 4 cells are green', laggards: [], evidence: {} },
    ],
    ...changes,
  };
}

/** What every store does with proofs. */
export function describeProofContract(what: string, make: (options?: StoreUnderTestOptions) => Promise<StoreUnderTest>): void {
  describe(`${what}, for proofs`, () => {
    let store: Store;
    let dispose: () => Promise<void>;
    let term: number;
    beforeEach(async () => {
      ({ store, dispose } = await make());
      term = await store.takeTerm();
      await store.createMesh(newMesh('demo'), term);
    });
    afterEach(() => dispose());

    it('gives a proof back as it was kept, and lists it without what it rests on', async () => {
      const proof = sampleProof('p1');
      await store.keepProof('demo', proof, term);
      expect(await store.readProof('demo', 'p1')).toStrictEqual(proof);
      expect(await store.listProofs('demo')).toStrictEqual([summaryOf(proof)]);
    });

    it('keeps one of no rotation', async () => {
      const proof = sampleProof('p1', { rotationId: undefined, cause: 'operator', outcome: 'unproven', state: 'NOT_ROTATING' });
      await store.keepProof('demo', proof, term);
      expect(await store.readProof('demo', 'p1')).toStrictEqual(proof);
    });

    it('lists the newest first, and those of each mesh apart', async () => {
      await store.createMesh(newMesh('other'), term);
      for (const id of ['p1', 'p2']) await store.keepProof('demo', sampleProof(id), term);
      await store.keepProof('other', sampleProof('p1', { by: 'ann' }), term);
      expect((await store.listProofs('demo')).map(({ id }) => id)).toEqual(['p2', 'p1']);
      expect((await store.readProof('other', 'p1'))?.by).toBe('ann');
    });

    it('knows nothing of a proof that was never kept', async () => {
      expect(await store.readProof('demo', 'p1')).toBeUndefined();
      expect(await store.listProofs('other')).toEqual([]);
    });

    it('keeps the newest of each mesh alone', async () => {
      const small = await make({ proofLimit: 2 });
      try {
        const taken = await small.store.takeTerm();
        for (const mesh of ['demo', 'other']) await small.store.createMesh(newMesh(mesh), taken);
        await small.store.keepProof('other', sampleProof('p0'), taken);
        for (const id of ['p1', 'p2', 'p3']) await small.store.keepProof('demo', sampleProof(id), taken);
        expect((await small.store.listProofs('demo')).map(({ id }) => id)).toEqual(['p3', 'p2']);
        expect(await small.store.readProof('demo', 'p1')).toBeUndefined();
        expect(await small.store.listProofs('other')).toHaveLength(1);
      } finally {
        await small.dispose();
      }
    });

    it('pushes no proof of a rotation aside by what people ask for', async () => {
      const small = await make({ proofLimit: 2 });
      try {
        const taken = await small.store.takeTerm();
        await small.store.createMesh(newMesh('demo'), taken);
        await small.store.keepProof('demo', sampleProof('r1'), taken);
        for (const id of ['o1', 'o2', 'o3']) await small.store.keepProof('demo', sampleProof(id, { cause: 'operator' }), taken);
        expect((await small.store.listProofs('demo')).map(({ id }) => id)).toEqual(['o3', 'o2', 'r1']);
      } finally {
        await small.dispose();
      }
    });

    it('takes nothing of a deposed writer', async () => {
      await store.takeTerm();
      await expect(store.keepProof('demo', sampleProof('p1'), term)).rejects.toMatchObject({ code: 'RR_STORE_DEPOSED' });
      expect(await store.listProofs('demo')).toEqual([]);
    });
  });
}
