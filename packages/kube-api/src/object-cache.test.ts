import type { ServerResponse } from 'node:http';
import { type Clock, systemClock } from '@reroot/shared/clock';
import { silentLog } from '@reroot/shared/log';
import { waitFor } from '@reroot/shared/testing';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { KubeObject } from './kube-api.ts';
import { createObjectCache, type ObjectCache, type ObjectCacheOptions } from './object-cache.ts';
import type { OpenKubeApi } from './open-kube-api.ts';
import {
  type Script,
  type ScriptedApiServer,
  type SeenRequest,
  sendEvents,
  sendJson,
  sendStatus,
  startScriptedApiServer,
} from './testing/scripted-api-server.ts';

const path = '/api/v1/pods';
const soon = { timeoutMs: 5_000 };

let server: ScriptedApiServer;
let api: OpenKubeApi;
let stop: AbortController;
let running: Promise<void>;
let changes: number;
let skippedMs: number;
/** The machine's clock, which a test can put forward. */
const clock: Clock = { now: () => systemClock.now() + skippedMs, sleep: systemClock.sleep };

beforeAll(async () => {
  server = await startScriptedApiServer();
  return () => server.stop();
});

beforeEach(async () => {
  server.seen.length = 0;
  api = await server.open();
  stop = new AbortController();
  changes = 0;
  skippedMs = 0;
  running = Promise.resolve();
});

afterEach(async () => {
  stop.abort();
  await running;
  await api.close();
});

function run(options: Partial<ObjectCacheOptions<string>> = {}): ObjectCache<string> {
  const cache = createObjectCache<string>({
    api,
    path,
    reduce: (object) => (object as KubeObject).metadata.labels?.['app'],
    onChange: () => {
      changes += 1;
    },
    clock,
    random: () => 0,
    log: silentLog,
    ...options,
  });
  running = cache.run(stop.signal);
  return cache;
}

const pod = (name: string, app: string, version: string): object => ({
  metadata: { name, namespace: 'default', resourceVersion: version, labels: { app } },
});
const listOf = (version: string, ...items: object[]): object => ({ metadata: { resourceVersion: version }, items });

/** Answers lists and watches by a script each. */
function answer(scripts: { readonly list: Script; readonly watch: Script }): void {
  server.answer((request, response) => (isWatch(request) ? scripts.watch : scripts.list)(request, response));
}

const isWatch = ({ query }: SeenRequest): boolean => query.has('watch');
const watches = (): SeenRequest[] => server.seen.filter(isWatch);
const lists = (): SeenRequest[] => server.seen.filter((request) => !isWatch(request));
const idle: Script = (_, response) => sendEvents(response);
const listThree: Script = (_, response) => sendJson(response, listOf('3', pod('b', 'two', '2'), pod('a', 'one', '1')));

describe('a cache', () => {
  it('lists page by page, and watches from the version of the list with bookmarks and a random end', async () => {
    answer({
      list: ({ query }, response) => {
        if (query.get('continue') === null) {
          sendJson(response, { metadata: { resourceVersion: '3', continue: 'more/+' }, items: [pod('b', 'two', '2')] });
          return;
        }
        sendJson(response, listOf('3', pod('a', 'one', '1')));
      },
      watch: idle,
    });
    const cache = run({ query: { labelSelector: 'app in (one,two)' } });
    await cache.untilListed(AbortSignal.timeout(5_000));
    expect(cache.list()).toEqual(['one', 'two']);
    await waitFor(() => watches().length === 1, { ...soon, what: 'the watch' });
    expect(lists().map(({ query }) => Object.fromEntries(query))).toEqual([
      { labelSelector: 'app in (one,two)', limit: '500' },
      { labelSelector: 'app in (one,two)', limit: '500', continue: 'more/+' },
    ]);
    expect(Object.fromEntries(watches()[0]!.query)).toMatchObject({
      labelSelector: 'app in (one,two)',
      resourceVersion: '3',
      allowWatchBookmarks: 'true',
      timeoutSeconds: '300',
    });
  });

  it('tells of changes of what is kept, and of no others', async () => {
    let watch: ServerResponse | undefined;
    answer({
      list: listThree,
      watch: (_, response) => {
        watch = response;
        sendEvents(response);
      },
    });
    const cache = run();
    await cache.untilListed(AbortSignal.timeout(5_000));
    await waitFor(() => watch, { ...soon, what: 'the watch' });
    expect(changes).toBe(1);

    sendEvents(watch!, { type: 'MODIFIED', object: pod('a', 'one', '4') }, { type: 'ADDED', object: pod('c', 'three', '5') });
    await waitFor(() => cache.list().length === 3, { ...soon, what: 'the new pod' });
    expect(changes).toBe(2);
    sendEvents(watch!, { type: 'DELETED', object: pod('c', 'three', '6') }, { type: 'MODIFIED', object: pod('a', 'uno', '7') });
    await waitFor(() => changes === 4, { ...soon, what: 'two changes' });
    expect(cache.list()).toEqual(['uno', 'two']);
  });

  it('goes on from the version of the last event or bookmark when the server ends the watch in good order', async () => {
    const bookmark = { type: 'BOOKMARK', object: { metadata: { resourceVersion: '9' } } };
    answer({
      list: listThree,
      watch: (_, response) => {
        sendEvents(response, { type: 'MODIFIED', object: pod('a', 'uno', '4') }, ...(watches().length === 1 ? [] : [bookmark]));
        if (watches().length < 3) response.end();
      },
    });
    const cache = run();
    await waitFor(() => watches().length === 3, { ...soon, what: 'three watches' });
    expect(watches().map(({ query }) => query.get('resourceVersion'))).toEqual(['3', '4', '9']);
    expect(lists()).toHaveLength(1);
    expect(cache.list()).toEqual(['uno', 'two']);
  });

  it('lists anew when its version is forgotten, while it watches and between two pages', async () => {
    const gone = { type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired' } };
    answer({
      list: (request, response) => {
        if (request.query.has('continue')) {
          sendStatus(response, 410);
          return;
        }
        if (lists().length === 2) {
          sendJson(response, { metadata: { resourceVersion: '8', continue: 'more' }, items: [pod('z', 'lost', '8')] });
          return;
        }
        sendJson(response, lists().length === 1 ? listOf('3', pod('a', 'one', '1')) : listOf('9', pod('b', 'two', '9')));
      },
      watch: (_, response) => {
        sendEvents(response, ...(watches().length === 1 ? [gone] : []));
      },
    });
    const cache = run();
    await waitFor(() => watches().length === 2, { ...soon, what: 'the second watch' });
    expect(watches().map(({ query }) => query.get('resourceVersion'))).toEqual(['3', '9']);
    expect(lists()).toHaveLength(4);
    expect(cache.list()).toEqual(['two']);
    expect(changes).toBe(2);
  });

  it('lists anew from time to time, whatever the watch has brought', async () => {
    let watch: ServerResponse | undefined;
    answer({
      list: (_, response) => sendJson(response, listOf('3', pod('a', lists().length === 1 ? 'one' : 'missed', '1'))),
      watch: (_, response) => {
        watch = response;
        sendEvents(response);
      },
    });
    const cache = run();
    await waitFor(() => watch, { ...soon, what: 'the watch' });
    skippedMs = 300_000;
    watch!.end();
    await waitFor(() => cache.list()[0] === 'missed', { ...soon, what: 'the second list' });
    expect(changes).toBe(2);
  });

  it('asks for a few watches a second at the most when the server ends each at once, and says so', async () => {
    answer({
      list: listThree,
      watch: (_, response) => {
        sendEvents(response);
        response.end();
      },
    });
    const cache = run({ staleAfterMs: 1_000 });
    await cache.untilListed(AbortSignal.timeout(5_000));
    const beganAtMs = systemClock.now();
    await waitFor(() => systemClock.now() - beganAtMs > 2_000, { ...soon, what: 'two seconds' });
    expect(watches().length).toBeGreaterThan(2);
    expect(server.seen.length).toBeLessThan(16);
  });
});

describe('a cache that cannot follow', () => {
  it('counts for a while, then gives nothing but what is wrong, and recovers by itself', async () => {
    let broken = false;
    let refused = 0;
    const failUnlessWhole =
      (script: Script): Script =>
      (request, response) => {
        if (!broken) {
          script(request, response);
          return;
        }
        refused += 1;
        sendStatus(response, 500, { message: 'etcd is away' });
      };
    answer({ list: failUnlessWhole(listThree), watch: failUnlessWhole(idle) });
    const cache = run({ staleAfterMs: 60_000 });
    await cache.untilListed(AbortSignal.timeout(5_000));
    await waitFor(() => watches().length === 1, { ...soon, what: 'the watch' });
    broken = true;
    server.cut();
    await waitFor(() => refused > 0, { ...soon, what: 'a refusal' });
    expect(cache.list()).toHaveLength(2);
    skippedMs = 61_000;
    const problem = await waitFor(() => problemOf(cache, 'etcd'), { ...soon, what: 'the cache to be stale' });
    expect(problem).toMatchObject({ code: 'RR_CLUSTER_UNREACHABLE', message: `GET ${path}: etcd is away` });
    broken = false;
    await waitFor(() => cache.list().length === 2, { ...soon, what: 'the cache to be whole' });
    expect(changes).toBe(2);
  });

  it('says which verb it lacks, for a list and for a watch', async () => {
    const forbid = (verb: string): Script => {
      const message = `pods is forbidden: User "agent" cannot ${verb} resource "pods" in API group "" at the cluster scope`;
      return (_, response) => sendStatus(response, 403, { reason: 'Forbidden', message });
    };
    answer({ list: forbid('list'), watch: idle });
    const cache = run();
    await waitFor(() => problemOf(cache, 'cannot list'), { ...soon, what: 'the list to be forbidden' });
    await expect(cache.untilListed(AbortSignal.abort())).rejects.toMatchObject({
      code: 'RR_CLUSTER_FORBIDDEN',
      message: expect.stringContaining('cannot list') as string,
    });
    answer({ list: listThree, watch: forbid('watch') });
    const problem = await waitFor(() => problemOf(cache, 'cannot watch'), { ...soon, what: 'the watch to be forbidden' });
    expect(problem).toMatchObject({ code: 'RR_CLUSTER_FORBIDDEN' });
    answer({ list: listThree, watch: idle });
    await waitFor(() => cache.list().length === 2, { ...soon, what: 'the cache to be whole' });
  });

  it('takes a watch that brings nothing, not even a bookmark, for dead', async () => {
    answer({ list: listThree, watch: idle });
    run({ idleMs: 300 });
    await waitFor(() => watches().length === 3, { ...soon, what: 'three watches' });
  });

  it('does not leave out what it cannot read', async () => {
    const reduce = (): string => {
      throw new Error('unreadable');
    };
    answer({ list: listThree, watch: idle });
    const cache = run({ reduce });
    await waitFor(() => problemOf(cache, 'unreadable'), { ...soon, what: 'the reason' });
    expect(changes).toBe(0);
  });

  it('waits for its first list no longer than it is told to', async () => {
    answer({ list: () => undefined, watch: idle });
    const cache = run();
    await expect(cache.untilListed(AbortSignal.timeout(100))).rejects.toMatchObject({ code: 'RR_CLUSTER_UNREACHABLE' });
    await expect(cache.untilListed(AbortSignal.abort())).rejects.toMatchObject({ code: 'RR_CLUSTER_UNREACHABLE' });
  });
});

/** What is wrong with a cache, once it says this. */
function problemOf(cache: ObjectCache<string>, saying = ''): unknown {
  try {
    cache.list();
    return undefined;
  } catch (error) {
    return String(error).includes(saying) ? error : undefined;
  }
}
