import { setImmediate } from 'node:timers/promises';
import { RerootError } from '@reroot/shared/errors';
import { silentLog } from '@reroot/shared/log';
import { createFakeClock } from '@reroot/shared/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import type { KeptAnswer, Store } from '../../store/index.ts';
import { createMemoryStore } from '../../store/testing/memory-store.ts';
import { retryAfterSecondsOf } from '../access/rate-limited.ts';
import { type ActOnceOptions, createActOnce, type Once } from './act-once.ts';

const answer: KeptAnswer = { status: 201, etag: undefined, text: '{}' };
let store: Store;
let clock: ReturnType<typeof createFakeClock>;
let acts: number;
let stopping: AbortController;
beforeEach(async () => {
  store = createMemoryStore();
  clock = createFakeClock(0);
  acts = 0;
  stopping = new AbortController();
});

async function actOnce(change: Partial<ActOnceOptions> = {}): Promise<ReturnType<typeof createActOnce>> {
  const term = await store.takeTerm();
  return createActOnce({ store, term, clock, log: silentLog, stopping: stopping.signal, ...change });
}

const once = (change: Partial<Once> = {}): Once => ({
  ...{ principal: 'token ci', key: 'k', asked: 'a', answer: 'kept' },
  act: async () => {
    acts += 1;
    return answer;
  },
  ...change,
});
const failing = (error: Error) => () => Promise.reject(error);

describe('what has a key', () => {
  it('is done once, also by the mgmt that comes after', async () => {
    expect(await (await actOnce())(once())).toEqual({ answer, from: 'act' });
    expect(await (await actOnce())(once())).toEqual({ answer, from: 'memory' });
    expect(acts).toBe(1);
  });

  it('waits for the end of the one that is under way, and gets its answer', async () => {
    const run = await actOnce();
    const { promise, resolve } = Promise.withResolvers<KeptAnswer>();
    const first = run(once({ act: () => promise }));
    const second = run(once());
    resolve(answer);
    expect([await first, await second]).toEqual([
      { answer, from: 'act' },
      { answer, from: 'memory' },
    ]);
    expect(acts).toBe(0);
  });

  it('is told when to come again where that takes too long, or the API stops', async () => {
    const run = await actOnce({ waitMs: 1_000 });
    const { promise, resolve } = Promise.withResolvers<KeptAnswer>();
    const first = run(once({ act: () => promise }));
    const wait = async (): Promise<RerootError> => {
      const waiting = run(once()).then(
        () => undefined,
        (error: unknown) => error,
      );
      await setImmediate();
      return waiting.then((error) => error as RerootError);
    };
    const late = wait();
    await setImmediate();
    clock.advance(1_000);
    expect(await late).toMatchObject({ code: 'RR_API_IDEMPOTENCY_UNDER_WAY' });
    expect(retryAfterSecondsOf(await late)).toBe(2);
    stopping.abort(new Error('stops'));
    expect(await wait()).toMatchObject({ code: 'RR_API_IDEMPOTENCY_UNDER_WAY' });
    resolve(answer);
    await first;
  });

  it('is refused with a key that came with something else, under way or done', async () => {
    const run = await actOnce();
    const { promise, resolve } = Promise.withResolvers<KeptAnswer>();
    const first = run(once({ act: () => promise }));
    const other = { code: 'RR_API_IDEMPOTENCY_KEY_REUSED' };
    await expect(run(once({ asked: 'b' }))).rejects.toMatchObject(other);
    resolve(answer);
    await first;
    await expect(run(once({ asked: 'b' }))).rejects.toMatchObject(other);
  });

  it('may be tried again after a refusal, which who has waited gets too', async () => {
    const run = await actOnce();
    const { promise, reject } = Promise.withResolvers<KeptAnswer>();
    const refused = { code: 'RR_ROTATION_IN_PROGRESS' };
    const first = expect(run(once({ act: () => promise }))).rejects.toMatchObject(refused);
    const second = expect(run(once())).rejects.toMatchObject(refused);
    reject(new RerootError('RR_ROTATION_IN_PROGRESS', 'one is under way'));
    await first;
    await second;
    expect(await run(once())).toEqual({ answer, from: 'act' });
  });

  it('may be tried again when a root could not be had', async () => {
    const run = await actOnce();
    const sealed = new RerootError('RR_VAULT_SEALED', 'Vault is sealed');
    await expect(run(once({ act: failing(sealed) }))).rejects.toBe(sealed);
    expect(await run(once())).toEqual({ answer, from: 'act' });
  });

  it.each([
    ['of the store', new RerootError('RR_STORE_FAILED', 'the disk is full')],
    ['that nobody foresaw', new Error('oops')],
  ])('is not done again after a failure %s: nobody knows what came of it', async (_, error) => {
    const run = await actOnce();
    await expect(run(once({ act: failing(error) }))).rejects.toThrow();
    await expect(run(once())).rejects.toMatchObject({ code: 'RR_API_IDEMPOTENCY_OUTCOME_UNKNOWN' });
    expect(acts).toBe(0);
  });

  it('is not done again when mgmt died of it', async () => {
    const dying = await actOnce();
    void dying(once({ act: () => new Promise(() => undefined) }));
    await setImmediate();
    const run = await actOnce();
    await expect(run(once())).rejects.toMatchObject({ code: 'RR_API_IDEMPOTENCY_OUTCOME_UNKNOWN' });
    expect(acts).toBe(0);
  });

  it('is answered although the answer cannot be kept, and is not done again', async () => {
    const run = await actOnce();
    store.endRequest = () => Promise.reject(new RerootError('RR_STORE_FAILED', 'the disk is full'));
    expect(await run(once())).toEqual({ answer, from: 'act' });
    await expect(run(once())).rejects.toMatchObject({ code: 'RR_API_IDEMPOTENCY_OUTCOME_UNKNOWN' });
    expect(acts).toBe(1);
  });

  it('gets no answer again that holds secrets', async () => {
    const run = await actOnce();
    await run(once({ answer: 'secret' }));
    await expect(run(once({ answer: 'secret' }))).rejects.toMatchObject({
      code: 'RR_API_IDEMPOTENCY_ANSWER_NOT_KEPT',
      remedy: expect.stringContaining('--again'),
    });
    expect(acts).toBe(1);
  });
});
