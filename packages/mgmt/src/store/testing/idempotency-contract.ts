import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type IdempotencyLimits, idempotencyLimits, type KeptAnswer, type KeyedRequest } from '../idempotency.ts';
import type { Store } from '../store.ts';
import type { StoreUnderTest, StoreUnderTestOptions } from './store-contract.ts';

const request: KeyedRequest = { principal: 'token ci', key: '"k1"', asked: 'a'.repeat(64) };
const answer: KeptAnswer = { status: 201, etag: '"2-x"', text: '{"mesh":"demo"}' };
const limits: IdempotencyLimits = { ...idempotencyLimits, ageMs: 1_000 };

/** What every store does with requests that have keys. */
export function describeIdempotencyContract(
  what: string,
  make: (options?: StoreUnderTestOptions) => Promise<StoreUnderTest>,
): void {
  describe(`${what}, for requests with keys`, () => {
    let store: Store;
    let dispose: () => Promise<void>;
    let term: number;
    const open = async (idempotency: IdempotencyLimits): Promise<void> => {
      ({ store, dispose } = await make({ idempotencyLimits: idempotency }));
      term = await store.takeTerm();
    };
    beforeEach(() => open(limits));
    afterEach(() => dispose());

    const begin = (change: Partial<KeyedRequest> = {}, nowMs = 0) => store.beginRequest({ ...request, ...change }, nowMs, term);
    const answerOf = async (key: string) => (await begin({ key }))?.outcome;
    const done = async (key: string, given: KeptAnswer = answer): Promise<void> => {
      await begin({ key });
      await store.endRequest({ ...request, key }, given, term);
    };

    it('knows one again while it is open, and gives its answer once it is answered', async () => {
      expect(await begin({}, 5)).toBeUndefined();
      expect(await begin({}, 6)).toEqual({ asked: request.asked, atMs: 5, outcome: { kind: 'open' } });
      await store.endRequest(request, answer, term);
      expect(await begin({ asked: 'b'.repeat(64) }, 7)).toEqual({
        ...{ asked: request.asked, atMs: 5, outcome: { kind: 'answered', answer } },
      });
    });

    it('keeps that one was done whose answer is not to be kept', async () => {
      await begin();
      await store.endRequest(request, undefined, term);
      expect((await begin())?.outcome).toEqual({ kind: 'done' });
    });

    it('keeps an answer without an ETag', async () => {
      await done('k', { ...answer, etag: undefined });
      expect(await answerOf('k')).toEqual({ kind: 'answered', answer: { ...answer, etag: undefined } });
    });

    it('keeps the keys of each principal apart', async () => {
      await begin();
      expect(await begin({ principal: 'token other' })).toBeUndefined();
    });

    it('takes one that was forgotten for a new one', async () => {
      await begin();
      await store.forgetRequest(request, term);
      expect(await begin()).toBeUndefined();
    });

    it('forgets what is old', async () => {
      await begin({}, 1);
      expect(await begin({}, 1_000)).toBeDefined();
      expect(await begin({}, 1_001)).toBeUndefined();
    });

    it('writes nothing for a mgmt that another one has followed', async () => {
      const former = term;
      await begin();
      term = await store.takeTerm();
      const deposed = { code: 'RR_STORE_DEPOSED' };
      await expect(store.beginRequest({ ...request, key: 'other' }, 0, former)).rejects.toMatchObject(deposed);
      await expect(store.endRequest(request, answer, former)).rejects.toMatchObject(deposed);
      await expect(store.forgetRequest(request, former)).rejects.toMatchObject(deposed);
      expect((await begin())?.outcome).toEqual({ kind: 'open' });
    });

    it('forgets the oldest of a principal that has too many, and nothing of others', async () => {
      await dispose();
      await open({ ...limits, requestsOfOne: 2 });
      await begin({ principal: 'token other', key: 'k1' });
      for (const key of ['k1', 'k2', 'k3']) await done(key);
      expect([await begin({ principal: 'token other', key: 'k1' }), await answerOf('k2')]).toMatchObject([
        { outcome: { kind: 'open' } },
        { kind: 'answered' },
      ]);
      expect(await answerOf('k1')).toBeUndefined();
    });

    it('forgets the oldest of all when there are too many', async () => {
      await dispose();
      await open({ ...limits, requests: 2 });
      for (const principal of ['a', 'b', 'c']) await begin({ principal });
      expect(await begin({ principal: 'c' })).toBeDefined();
      expect(await begin({ principal: 'a' })).toBeUndefined();
    });

    it('drops the oldest answers when they take too much room, and knows that they were given', async () => {
      await dispose();
      await open({ ...limits, bytes: 250 });
      for (const key of ['k1', 'k2', 'k3', 'k4', 'k5']) await done(key);
      expect(await answerOf('k1')).toEqual({ kind: 'done' });
      expect(await answerOf('k5')).toEqual({ kind: 'answered', answer });
    });

    it('does not keep an answer that is too large by itself', async () => {
      await dispose();
      await open({ ...limits, bytesOfOne: 20 });
      await done('k1');
      expect(await answerOf('k1')).toEqual({ kind: 'done' });
    });
  });
}
