import { createFakeClock } from '@reroot/shared/testing';
import { describe, expect, it } from 'vitest';
import { createMemoryKubeApi } from '../testing/memory-kube-api.ts';
import { createAccountToken } from './account-token.ts';

const { signal } = new AbortController();
const hourMs = 3_600_000;
const path = '/api/v1/namespaces/mesh/serviceaccounts/agent/token';

function tokenSource(givenMs: number) {
  const clock = createFakeClock(0);
  const api = createMemoryKubeApi();
  let count = 0;
  api.answer = () => {
    count += 1;
    const expirationTimestamp = new Date(clock.now() + givenMs).toISOString();
    return { status: { token: `token ${count}`, expirationTimestamp } };
  };
  const account = { namespace: 'mesh', name: 'agent' };
  const token = createAccountToken({ api, account, audiences: ['istio-ca'], lifetimeMs: hourMs, clock });
  return { api, clock, token };
}

describe('the token of a ServiceAccount', () => {
  it('is asked for with its audience, and kept for four fifths of its life', async () => {
    const { api, clock, token } = tokenSource(hourMs);
    expect(await token.obtain(signal)).toBe('token 1');
    clock.advance(0.79 * hourMs);
    expect(await token.obtain(signal)).toBe('token 1');
    clock.advance(0.02 * hourMs);
    expect(await token.obtain(signal)).toBe('token 2');
    expect(api.requests.map(({ verb, path: asked }) => [verb, asked])).toEqual(Array(2).fill(['create', path]));
    expect(api.requests[0]?.body).toMatchObject({ spec: { audiences: ['istio-ca'], expirationSeconds: 3_600 } });
  });

  it('is kept for less when the cluster gives it a shorter life, never for more', async () => {
    for (const [givenMs, keptMs] of [
      [hourMs / 2, 0.4 * hourMs],
      [24 * hourMs, 0.8 * hourMs],
    ] as const) {
      const { clock, token } = tokenSource(givenMs);
      await token.obtain(signal);
      clock.advance(keptMs - 1);
      expect(await token.obtain(signal)).toBe('token 1');
      clock.advance(1);
      expect(await token.obtain(signal)).toBe('token 2');
    }
  });

  it('is asked for once by all who need it meanwhile, and one who gives up does not take it from the others', async () => {
    const { api, token } = tokenSource(hourMs);
    const gate = Promise.withResolvers<undefined>();
    const { create } = api;
    const signals: AbortSignal[] = [];
    api.create = async <T>(asked: string, body: object, inner: AbortSignal): Promise<T> => {
      signals.push(inner);
      await gate.promise;
      return create<T>(asked, body, inner);
    };
    const impatient = new AbortController();
    const first = token.obtain(impatient.signal);
    const others = [token.obtain(signal), token.obtain(signal)];
    impatient.abort(new Error('enough'));
    await expect(first).rejects.toThrow('enough');
    gate.resolve(undefined);
    expect(await Promise.all(others)).toEqual(['token 1', 'token 1']);
    expect(signals).toHaveLength(1);
  });

  it('is no longer asked for when nobody waits, and asked for anew by the next one', async () => {
    const { api, token } = tokenSource(hourMs);
    const { create } = api;
    const never: AbortSignal[] = [];
    api.create = async (_, __, inner) => {
      never.push(inner);
      return new Promise(() => undefined);
    };
    const impatient = new AbortController();
    const gone = token.obtain(impatient.signal);
    impatient.abort(new Error('enough'));
    await expect(gone).rejects.toThrow('enough');
    expect(never.map(({ aborted }) => aborted)).toEqual([true]);
    api.create = create;
    expect(await token.obtain(signal)).toBe('token 1');
  });

  it('is asked for anew once it was not accepted', async () => {
    const { token } = tokenSource(hourMs);
    const first = await token.obtain(signal);
    token.discard('another');
    expect(await token.obtain(signal)).toBe(first);
    token.discard(first);
    expect(await token.obtain(signal)).toBe('token 2');
  });
});
