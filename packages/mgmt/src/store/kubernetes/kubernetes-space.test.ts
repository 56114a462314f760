import { randomBytes, randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { type Clock, systemClock } from '@reroot/shared/clock';
import { silentLog } from '@reroot/shared/log';
import { createFakeClock, waitFor } from '@reroot/shared/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMemorySecrets, type Gate, type MemorySecrets } from '../testing/memory-secrets.ts';
import { type KubernetesSpace, openKubernetesSpace } from './kubernetes-space.ts';

describe('documents in Secrets', () => {
  let cluster: MemorySecrets;
  let opened: KubernetesSpace[];
  beforeEach(() => {
    cluster = createMemorySecrets();
    opened = [];
  });
  afterEach(async () => {
    await Promise.all(opened.map((space) => space.close()));
  });

  const open = async (gate?: Gate, clock: Clock = systemClock): Promise<KubernetesSpace> => {
    const outside = { clock, random: Math.random, newId: randomUUID, log: silentLog };
    const isCold = (key: string): boolean => key.startsWith('cold/');
    const space = await openKubernetesSpace({ ...outside, api: cluster.api(gate), namespace: 'reroot', name: 'reroot', isCold });
    opened.push(space);
    return space;
  };
  const put = (space: KubernetesSpace, key: string, value: object) =>
    space.transact(async (documents) => documents.put(key, value));
  /** Nothing makes it smaller. */
  const noise = (bytes: number): object => ({ noise: randomBytes(bytes).toString('base64') });

  it('refuse one that is larger than a Secret can be before it is committed, and go on', async () => {
    const space = await open();
    const results = await Promise.allSettled([
      put(space, 'mesh/before', {}),
      put(space, 'mesh/large', noise(1_100_000)),
      put(space, 'mesh/after', {}),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(results[1]).toMatchObject({
      reason: { code: 'RR_STORE_TOO_LARGE', message: expect.stringMatching(/^document mesh\/large would have 1\d{6} bytes/) },
    });
    expect((await space.list('mesh')).map(({ key }) => key)).toEqual(['mesh/after', 'mesh/before']);
    await waitFor(() => space.progress().written === space.progress().committed, { timeoutMs: 5_000, what: 'the documents' });
  });

  it('refuse what the head cannot hold, and say so of the head', async () => {
    const space = await open();
    await put(space, 'head/term', { value: 1 });
    await expect(put(space, 'head/journal', noise(1_100_000))).rejects.toMatchObject({ code: 'RR_STORE_TOO_LARGE' });
    expect(await space.get('head/journal')).toBeUndefined();
    await put(space, 'head/term', { value: 2 });
  });

  it('are opened where a commit that was too large for the head is dropped from it meanwhile', async () => {
    const first = await open();
    await put(first, 'mesh/large', noise(500_000));
    let overtaken = false;
    const overtakes: Gate = async ({ verb, name }, act) => {
      if (verb === 'get' && name.includes('.blob-') && !overtaken) {
        overtaken = true;
        for (let n = 0; n < 20; n += 1) await put(first, 'mesh/small', { n });
      }
      return act();
    };
    const second = await open(overtakes);
    expect(overtaken).toBe(true);
    expect(await second.get('mesh/large')).toEqual(await first.get('mesh/large'));
    expect(await second.get('mesh/small')).toEqual({ n: 19 });
  });

  it('are refused where that commit is gone and nobody has committed since', async () => {
    const first = await open();
    await put(first, 'mesh/large', noise(500_000));
    cluster.tamper((secrets) => {
      for (const name of secrets.keys()) if (name.includes('.blob-')) secrets.delete(name);
    });
    await expect(open()).rejects.toMatchObject({ code: 'RR_STORE_CORRUPT' });
  });

  it('are seen as they were at one moment, whatever is committed while they are read', async () => {
    const writer = await open();
    await put(writer, 'cold/a', { n: 0 });
    let n = 0;
    const busy: Gate = async ({ verb }, act) => {
      if (verb === 'get' || verb === 'list') {
        n += 1;
        await writer.transact(async (documents) => {
          documents.put('cold/a', { n });
          documents.put('mesh/a', { n });
        });
      }
      return act();
    };
    const reader = await open(busy);
    const seen = await reader.snapshot();
    expect(await seen.get('cold/a')).toEqual(await seen.get('mesh/a'));
    expect((await seen.list('cold')).map(({ key }) => key)).toEqual(['cold/a']);
    expect(await seen.get('mesh/a')).toEqual({ n: expect.any(Number) as number });
  });

  it('are committed however long it takes to write those before, as long as that gets on', async () => {
    const clock = createFakeClock(1_000);
    // Each document takes a second, on a clock that runs by that alone; commits are faster.
    const slow: Gate = async ({ verb, name }, act) => {
      if ((verb === 'create' || verb === 'replace') && name.includes('.slow.')) {
        for (let turn = 0; turn < 20; turn += 1) await nextTurn();
        clock.advance(1_000);
      }
      return act();
    };
    const space = await open(slow, clock);
    for (let n = 0; n < 100; n += 1) await put(space, `slow/${n}`, { n });
    expect(clock.now()).toBeGreaterThan(22_000);
    expect(await space.list('slow')).toHaveLength(100);
  });

  it('are read some at a time, however many are asked for at once', async () => {
    await put(await open(), 'cold/a', {});
    let [underWay, most] = [0, 0];
    const counting: Gate = async ({ verb, name }, act) => {
      if (verb !== 'get' || !name.includes('.cold.')) return act();
      underWay += 1;
      most = Math.max(most, underWay);
      await nextTurn();
      underWay -= 1;
      return act();
    };
    const space = await open(counting);
    const found = await Promise.all(Array.from({ length: 100 }, (_, n) => space.get(`cold/x-${n}`)));
    expect(new Set(found)).toEqual(new Set([undefined]));
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(8);
  });

  it('are not remembered as they were before a commit, by whoever asked for them twice and heard late', async () => {
    const first = await open();
    await put(first, 'cold/a', { n: 0 });
    /** Until the head has what was committed before no longer. */
    const commitMore = async (space: KubernetesSpace): Promise<void> => {
      const isWritten = (): boolean => space.progress().written === space.progress().committed;
      await waitFor(isWritten, { timeoutMs: 5_000, what: 'the documents' });
      for (let n = 0; n < 40; n += 1) await put(space, 'mesh/a', { n });
    };
    await commitMore(first);
    await first.close();
    const late = Promise.withResolvers<undefined>();
    let reads = 0;
    const space = await open(async ({ verb, name }, act) => {
      const answer = act();
      if (verb === 'get' && name === 'reroot.cold.a' && (reads += 1) === 1) await late.promise;
      return answer;
    });
    const asked = [space.get('cold/a'), space.get('cold/a')];
    for (let turn = 0; turn < 20; turn += 1) await nextTurn();
    await put(space, 'cold/a', { n: 1 });
    await commitMore(space);
    late.resolve(undefined);
    await Promise.all(asked);
    expect(await space.get('cold/a')).toEqual({ n: 1 });
  });

  it('are refused as those of a later version also while that goes on committing', async () => {
    await put(await open(), 'mesh/a', {});
    await opened[0]!.close();
    const path = '/api/v1/namespaces/reroot/secrets/reroot.head';
    let lists = 0;
    const data = { head: gzipSync(JSON.stringify({ format: 2 })).toString('base64') };
    const later: Gate = async ({ verb }, act) => {
      if (verb === 'list') lists += 1;
      const { metadata, ...head } = structuredClone(cluster.secrets.get('reroot.head')!);
      if (lists < 100) await cluster.api().replace(path, { ...head, metadata, data }, AbortSignal.timeout(5_000));
      return act();
    };
    await expect(open(later)).rejects.toMatchObject({ code: 'RR_STORE_NEWER' });
    expect(lists).toBe(1);
  });

  it('are not cleared away by whoever has not heard yet that they were committed', async () => {
    const writer = await open();
    await put(writer, 'mesh/small', {});
    let isSweeping = false;
    const sleeper = await open(async ({ verb }, act) => {
      if (verb === 'list' && isSweeping) {
        isSweeping = false;
        await put(writer, 'mesh/large', noise(500_000));
        cluster.tamper((secrets) => {
          for (const [name, { metadata }] of secrets) {
            if (name.includes('.blob-')) Object.assign(metadata, { creationTimestamp: new Date(0).toISOString() });
          }
        });
      }
      return act();
    });
    isSweeping = true;
    expect(await sleeper.sweep()).toBe(0);
    expect(await (await open()).get('mesh/large')).toBeDefined();
  });

  it('are shown to nobody once another program has written what this one cannot read, until that is over', async () => {
    const [writer, reader] = [await open(), await open()];
    await put(writer, 'mesh/a', { n: 1 });
    await waitFor(async () => (await reader.get('mesh/a')) !== undefined, { timeoutMs: 5_000, what: 'the document' });
    let told = 0;
    reader.onChange(() => {
      told += 1;
    });
    const head = structuredClone(cluster.secrets.get('reroot.head')!);
    const api = cluster.api();
    const path = '/api/v1/namespaces/reroot/secrets/reroot.head';
    await api.replace(path, { ...head, data: { head: 'nothing of ours' } }, AbortSignal.timeout(5_000));
    await waitFor(
      () =>
        reader.get('mesh/a').then(
          () => false,
          (error: unknown) => (error as { code?: string }).code === 'RR_STORE_CORRUPT',
        ),
      { timeoutMs: 5_000, what: 'the refusal' },
    );
    await expect(reader.list('mesh')).rejects.toMatchObject({ code: 'RR_STORE_CORRUPT' });
    expect(told).toBeGreaterThan(0);
    const { resourceVersion } = cluster.secrets.get('reroot.head')!.metadata;
    await api.replace(path, { ...head, metadata: { ...head.metadata, resourceVersion } }, AbortSignal.timeout(5_000));
    await waitFor(() => reader.get('mesh/a').then(Boolean, () => false), { timeoutMs: 5_000, what: 'the document again' });
  });
});
