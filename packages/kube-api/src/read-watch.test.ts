import type { ServerResponse } from 'node:http';
import { createFakeClock, waitFor } from '@reroot/shared/testing';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { WatchEvent } from './kube-api.ts';
import type { OpenKubeApi } from './open-kube-api.ts';
import { type ScriptedApiServer, sendEvents, sendStatus, startScriptedApiServer } from './testing/scripted-api-server.ts';

const path = '/api/v1/pods?watch=1';
const added = (name: string): object => ({ type: 'ADDED', object: { metadata: { name } } });

let server: ScriptedApiServer;
let api: OpenKubeApi;
let signal: AbortSignal;

beforeAll(async () => {
  server = await startScriptedApiServer();
  return () => server.stop();
});

beforeEach(async () => {
  signal = AbortSignal.timeout(10_000);
  api = await server.open();
});

afterEach(() => api.close());

/** Follows a watch to its end; gives its events, and what it threw. */
async function follow(): Promise<{ events: WatchEvent[]; thrown: unknown }> {
  const events: WatchEvent[] = [];
  try {
    for await (const event of api.watch(path, signal)) events.push(event);
    return { events, thrown: undefined };
  } catch (thrown) {
    return { events, thrown };
  }
}

describe('a watch', () => {
  it('gives each event as it comes, whole, even where a chunk ends inside a character, and ends with the server', async () => {
    const bytes = Buffer.from(`${JSON.stringify(added('café'))}\n${JSON.stringify(added('b'))}\n`);
    const inside = bytes.indexOf(0xc3) + 1;
    server.answer((_, response) => {
      response.writeHead(200).write(bytes.subarray(0, inside));
      setTimeout(() => response.end(bytes.subarray(inside)), 20);
    });
    expect(await follow()).toEqual({ events: [added('café'), added('b')], thrown: undefined });
  });

  it('says when the server has agreed, before there is any event, and is not bound by the deadline of requests', async () => {
    const fake = createFakeClock(0);
    const slow = await server.open({ clock: fake });
    let watch: ServerResponse | undefined;
    server.answer((_, response) => {
      watch = response;
      sendEvents(response);
    });
    const order: unknown[] = [];
    const onOpen = (): void => {
      order.push('open');
      fake.advance(3_600_000);
      watch?.end(`${JSON.stringify(added('late'))}\n`);
    };
    for await (const event of slow.watch(path, signal, onOpen)) order.push(event);
    expect(order).toEqual(['open', added('late')]);
    await slow.close();
  });

  it('is told as expired when the server has forgotten the version, by an event or by its status', async () => {
    const gone = { kind: 'Status', code: 410, reason: 'Expired', message: 'too old resource version: 5 (466)' };
    server.answer((_, response) => {
      sendEvents(response, added('a'), { type: 'ERROR', object: gone });
      response.end();
    });
    expect(await follow()).toMatchObject({ events: [added('a')], thrown: { code: 'RR_WATCH_EXPIRED' } });
    server.answer((_, response) => sendStatus(response, 410));
    expect(await follow()).toMatchObject({ events: [], thrown: { code: 'RR_WATCH_EXPIRED' } });
  });

  it('is refused like any other request', async () => {
    server.answer((_, response) =>
      sendStatus(response, 403, { reason: 'Forbidden', message: 'User "a" cannot watch resource "pods"' }),
    );
    expect(await follow()).toMatchObject({
      thrown: { code: 'RR_CLUSTER_FORBIDDEN', message: 'GET /api/v1/pods: User "a" cannot watch resource "pods"' },
    });
  });

  it.each([
    ['is cut', 'cut', 'it was cut'],
    ['ends within an event', '{"type":"ADDED","object"', 'the stream ends within a line'],
    ['brings garbage', 'c2VjcmV0\n', 'a line of it is no event'],
    ['brings an event of no kind', '{"type":"GUESSED","object":{}}\n', 'a line of it is no event'],
  ])('that %s has broken', async (_, then, why) => {
    server.answer((__, response) => {
      sendEvents(response, added('a'));
      setTimeout(() => (then === 'cut' ? response.destroy() : response.end(then)), 20);
    });
    const { events, thrown } = await follow();
    expect(events).toEqual([added('a')]);
    expect(thrown).toMatchObject({ code: 'RR_CLUSTER_UNREACHABLE', message: `GET /api/v1/pods: the watch broke: ${why}` });
  });

  it('leaves no connection behind when its reader goes, or its signal aborts', async () => {
    let open = 0;
    server.answer((_, response) => {
      open += 1;
      response.once('close', () => {
        open -= 1;
      });
      sendEvents(response, added('a'));
    });
    for await (const event of api.watch(path, signal)) {
      expect(event).toEqual(added('a'));
      break;
    }
    await waitFor(() => open === 0, { timeoutMs: 5_000, what: 'the first watch to be closed' });

    const caller = new AbortController();
    const reason = new Error('enough');
    const reading = (async () => {
      for await (const event of api.watch(path, caller.signal)) caller.abort(event.type === 'ADDED' ? reason : undefined);
    })();
    await expect(reading).rejects.toBe(reason);
    await waitFor(() => open === 0, { timeoutMs: 5_000, what: 'the second watch to be closed' });
  });
});
