import type { ObjectCache } from '@reroot/kube-api';
import { RerootError } from '@reroot/shared/errors';
import { describe, expect, it } from 'vitest';
import { listWhenReady } from './list-when-ready.ts';
import { listedCache } from './testing/listed-cache.ts';

const { signal } = new AbortController();

describe('what a cache holds', () => {
  it('is waited for until the first list has come', async () => {
    const listed = Promise.withResolvers<undefined>();
    const held: { content?: readonly string[] } = {};
    const cache: ObjectCache<string> = {
      run: async () => undefined,
      list: () => {
        if (held.content === undefined) throw new RerootError('RR_CLUSTER_UNREACHABLE', 'not yet');
        return held.content;
      },
      untilListed: () => listed.promise,
    };
    const listing = listWhenReady(cache, signal);
    held.content = ['a'];
    listed.resolve(undefined);
    expect(await listing).toEqual(['a']);
  });

  it('is not waited for when the cluster forbids it', async () => {
    const error = new RerootError('RR_CLUSTER_FORBIDDEN', 'no');
    const cache = { ...listedCache<string>(error), untilListed: () => new Promise<void>(() => undefined) };
    await expect(listWhenReady(cache, signal)).rejects.toBe(error);
  });

  it('is not asked for once the signal has aborted', async () => {
    const reason = new Error('enough');
    await expect(listWhenReady(listedCache(['a']), AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});
