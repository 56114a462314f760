import { createHmac } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Verdict } from '@reroot/shared/api';
import { systemClock } from '@reroot/shared/clock';
import { silentLog } from '@reroot/shared/log';
import { waitFor } from '@reroot/shared/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { samplePolicy, snapshotOf } from '../rotation/evidence-sample.ts';
import type { RotationCondition } from '../rotation/index.ts';
import type { MeshMoment } from '../runner/index.ts';
import { eventsStart, type Store, type StoredEvent, type StoredMesh } from '../store/index.ts';
import { createMemoryStore } from '../store/testing/memory-store.ts';
import { newMesh } from '../store/testing/store-contract.ts';
import { type JsonServer, serveJson } from '../verification/testing/serve-json.ts';
import { composeBody } from './compose-body.ts';
import { type Cursor, newsOf, standingsOf } from './find-news.ts';
import type { Notification } from './notification.ts';
import { notificationsSchema } from './notifications-schema.ts';
import { startNotifier } from './notifier.ts';
import { openOutbox } from './outbox.ts';

const secret = `whsec_${Buffer.from('a secret of thirty-two bytes ...').toString('base64')}`;
const base = { step: 'ADDING_NEW_ROOT', generation: 2, rotationId: 'r1', errors: [], act: undefined } as const;
const condition = (atMs: number, state: RotationCondition['state'], message = `now ${state}`): RotationCondition => ({
  ...base,
  atMs,
  state,
  message,
});
const history = [
  condition(1, 'NOT_ROTATING'),
  condition(2, 'ADDING_NEW_ROOT'),
  condition(3, 'ADDING_NEW_ROOT', 'a wave'),
  condition(4, 'FAILED'),
];
const events = history.map(
  (each, index): StoredEvent => ({ number: index + 1, mesh: 'demo', kind: 'condition', condition: each }),
);
/** The place after the first of them. */
const from: Cursor = { position: { ...eventsStart, condition: { number: 1, atMs: 1 } }, state: 'NOT_ROTATING' };
/** What came after it. */
const later = events.slice(1);

let server: JsonServer;
let dir: string;
beforeEach(async () => {
  server = await serveJson({});
  dir = await mkdtemp(join(tmpdir(), 'reroot-notify-'));
  await writeFile(join(dir, 'secret'), `${secret}\n`);
});
afterEach(async () => {
  await server.stop();
  await rm(dir, { recursive: true });
});

const configOf = (changes: object = {}) =>
  notificationsSchema.parse({
    link: 'https://reroot.example',
    webhooks: [{ name: 'ops', url: server.url, secretFile: join(dir, 'secret'), ...changes }],
  });
const nothing = { listMeshes: async () => [] };
const start = (config = configOf(), random = () => 0) => {
  const outbox = openOutbox(dir, config.webhooks);
  const outside = { clock: systemClock, random, newId: () => 'x', log: silentLog, eventLog: createMemoryStore() };
  return { outbox, notifier: startNotifier({ config, outbox, operations: nothing, ...outside }) };
};
const news = (): readonly Notification[] => newsOf('demo', later, from.state).news;
const take = (outbox: ReturnType<typeof openOutbox>) =>
  outbox.take('demo', { news: news(), cursor: from, standings: new Map(), missing: 'over' }, Date.now());

describe('what there is to tell', () => {
  it('is each change of state once, after the cursor, with a failure as such', () => {
    const told = newsOf('demo', later, from.state);
    expect(told.news.map(({ kind, severity, reason, atMs }) => [kind, severity, reason, atMs])).toEqual([
      ['state', 'info', 'ADDING_NEW_ROOT', 2],
      ['failure', 'critical', 'FAILED', 4],
    ]);
    expect(newsOf('demo', [], told.state)).toEqual({ news: [], state: 'FAILED' });
    const sameMoment: StoredEvent = { number: 5, mesh: 'demo', kind: 'condition', condition: condition(4, 'ROLLING_BACK') };
    expect(newsOf('demo', [sameMoment], told.state).news.map(({ reason }) => reason)).toEqual(['ROLLING_BACK']);
  });

  it('is one thing for alarms of one reason, however many clusters have it, and what a person must decide', () => {
    const record = { mesh: 'demo', step: 'ADDING_NEW_ROOT', generation: 2, rotation: undefined } as never;
    const verdict: Verdict = { passed: false, reason: 'AwaitingVerification', message: 'waiting', laggards: [], laggardCount: 0 };
    const alarms = Array.from(
      { length: 30 },
      (_, index) => ({ severity: 'warning', reason: 'ClusterQuarantined', message: `c${index}` }) as const,
    );
    const standings = [
      ...standingsOf(record, verdict, [...alarms, { severity: 'critical', reason: 'ForeignRoot', message: 'f' }]).values(),
    ];
    expect(standings.map(({ kind, reason }) => `${kind} ${reason}`)).toEqual([
      'approval AwaitingVerification',
      'alarm ClusterQuarantined',
      'drift ForeignRoot',
    ]);
    expect(standings[1]?.message).toBe('c0; c1; c2; c3; c4; and 25 more');
  });
});

describe('a webhook', () => {
  it('is sent signed bodies in the manner of Standard Webhooks', async () => {
    const { outbox, notifier } = start();
    await take(outbox);
    await waitFor(() => (server.asked.length === 2 ? true : undefined), { timeoutMs: 5_000, what: 'two deliveries' });
    await notifier.stop();
    const [{ headers, body }] = server.asked as [(typeof server.asked)[number]];
    const signed = `${headers['webhook-id'] as string}.${headers['webhook-timestamp'] as string}.${body}`;
    const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
    expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(signed).digest('base64')}`);
    expect(Math.abs(Number(headers['webhook-timestamp']) - Date.now() / 1_000)).toBeLessThan(10);
    expect(JSON.parse(body)).toMatchObject({
      type: 'reroot.state',
      id: headers['webhook-id'],
      data: { mesh: 'demo', link: 'https://reroot.example/ui/#/demo' },
    });
  });

  it('is tried again until it takes what is sent, over a restart of mgmt too, and under the same id', async () => {
    server.answer = { status: 500, body: 'a secret word' };
    const first = start();
    await take(first.outbox);
    await waitFor(() => (server.asked.length > 0 ? true : undefined), { timeoutMs: 5_000, what: 'a first attempt' });
    const state = await waitFor(() => first.notifier.list().find(({ health }) => health === 'failing'), {
      timeoutMs: 5_000,
      what: 'a failure',
    });
    expect(state).toMatchObject({ queued: 2, delivered: 0, lastFailure: 'it answers with status 500' });
    await first.notifier.stop();
    server.answer = { status: 204, body: '' };
    const second = start();
    // The same again, as after a crash between the two files: nothing is queued twice.
    await take(second.outbox);
    await waitFor(() => (second.outbox.health('ops').delivered === 2 ? true : undefined), {
      timeoutMs: 8_000,
      what: 'both to be delivered',
    });
    expect(second.notifier.list()).toMatchObject([{ health: 'well', queued: 0 }]);
    await second.notifier.stop();
    const ids = new Set(server.asked.map(({ headers }) => headers['webhook-id']));
    expect([...ids].toSorted()).toEqual(
      news()
        .map(({ id }) => id)
        .toSorted(),
    );
  });

  it('says why a test was not taken, without its address, and follows no redirect', async () => {
    const { notifier } = start();
    await notifier.test('ops');
    expect(server.asked).toHaveLength(1);
    server.answer = { status: 302, body: '', location: 'http://127.0.0.1:1/elsewhere' };
    await expect(notifier.test('ops')).rejects.toMatchObject({
      code: 'RR_WEBHOOK_FAILED',
      message: 'it answers with status 302',
    });
    await expect(notifier.test('none')).rejects.toMatchObject({ code: 'RR_WEBHOOK_NOT_FOUND' });
    await server.stop();
    const error: unknown = await notifier.test('ops').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'RR_WEBHOOK_FAILED', message: 'ECONNREFUSED' });
    await notifier.stop();
    server = await serveJson({});
  });
});

it.each(['secretFile', 'urlFile', 'caFile'] as const)(
  'a webhook whose %s cannot be read says so, and not where it is',
  async (key) => {
    const { notifier } = start(configOf({ [key]: join(dir, 'none'), ...(key === 'urlFile' ? { url: undefined } : {}) }));
    const message = `its ${key} cannot be read: ENOENT`;
    await expect(notifier.test('ops')).rejects.toMatchObject({ code: 'RR_WEBHOOK_FAILED', message });
    await notifier.stop();
  },
);

describe('a webhook that does not take what is sent', () => {
  const idsAsked = () => server.asked.map(({ headers }) => headers['webhook-id']);

  it('gets everything in order when it was away', async () => {
    server.answer = () => ({ status: server.asked.length < 2 ? 503 : 200, body: '' });
    // Long, short, long: what waits by a time of its own would be overtaken.
    let chance = 0;
    const { outbox, notifier } = start(configOf(), () => {
      chance = 0.9 - chance;
      return chance;
    });
    await take(outbox);
    const isDone = () => (outbox.health('ops').delivered === 2 ? true : undefined);
    await waitFor(isDone, { timeoutMs: 8_000, what: 'both to be delivered' });
    await notifier.stop();
    const [first, second] = news().map(({ id }) => id);
    expect(idsAsked()).toEqual([first, first, second]);
  });

  it('holds up nothing else with one thing that it refuses', async () => {
    const [first, second] = news().map(({ id }) => id);
    server.answer = ({ headers }) => ({ status: headers['webhook-id'] === first ? 400 : 200, body: '' });
    const { outbox, notifier } = start();
    await take(outbox);
    await waitFor(() => (outbox.health('ops').delivered === 1 ? true : undefined), { timeoutMs: 8_000, what: 'the other one' });
    await notifier.stop();
    expect(idsAsked()).toContain(second);
  });

  it('for an hour is an alarm of the meshes that it was to be told of, with the reason', async () => {
    server.answer = { status: 500, body: '' };
    const config = configOf({ meshes: ['demo'] });
    const before = openOutbox(dir, config.webhooks);
    await take(before);
    const waiting = before.next('ops', Date.now())!;
    await before.failed(waiting, 'ECONNREFUSED', Date.now() - 3_600_000, Date.now() + 60_000);
    before.close();
    const { notifier } = start(config);
    const [alarm] = await waitFor(() => (notifier.alarms('demo').length > 0 ? notifier.alarms('demo') : undefined), {
      timeoutMs: 5_000,
      what: 'an alarm',
    });
    expect(alarm).toMatchObject({ severity: 'warning', reason: 'WebhookDead' });
    expect(alarm?.message).toMatch(/^webhook ops has taken nothing for an hour.*(ECONNREFUSED|status 500)$/);
    expect(notifier.alarms('other')).toEqual([]);
    await notifier.stop();
  });
});

/** A mesh of which mgmt has heard for so long. */
function momentOf(
  stored: StoredMesh,
  { heardSinceMs, drift }: { readonly heardSinceMs: number; readonly drift: MeshMoment['drift'] },
): MeshMoment {
  const moment = {
    ...{ view: { stored, roots: new Map(), rootNames: new Set() }, nowMs: Date.now(), cells: { green: 1, red: 0, unknown: 0 } },
    ...{ keysLeft: new Map(), notStarted: undefined, drift, policy: samplePolicy },
    snapshot: { ...snapshotOf(stored.record, {}, []), heardSinceMs },
    decision: { kind: 'wait', verdict: { passed: true, reason: 'Passed', message: '', laggards: [], laggardCount: 0 } },
  };
  return moment as unknown as MeshMoment;
}

describe('the notifier', () => {
  it('tells of nothing that it is over, nor anew, because mgmt was restarted and has not heard of the clusters yet', async () => {
    const store = createMemoryStore();
    const stored = await store.createMesh(newMesh('demo'), await store.takeTerm());
    const drifted = [
      { cluster: 'east', kind: 'foreign-root', place: '', count: 1, message: 'a foreign root', sinceMs: 1 },
    ] as const;
    let known: Parameters<typeof momentOf>[1] = { heardSinceMs: 0, drift: drifted };
    let looks = 0;
    const operations = {
      listMeshes: async () => {
        looks += 1;
        return [momentOf(stored, known)];
      },
    };
    const config = configOf({ events: ['drift'] });
    const run = () => {
      const outside = { clock: systemClock, random: () => 0, newId: () => 'x', log: silentLog, eventLog: store };
      return startNotifier({ config, outbox: openOutbox(dir, config.webhooks), operations, ...outside });
    };
    const whenTold = (count: number) =>
      waitFor(() => (server.asked.length === count ? true : undefined), { timeoutMs: 8_000, what: `${count} deliveries` });
    const whenLooked = (count: number) =>
      waitFor(() => (looks >= count ? true : undefined), { timeoutMs: 8_000, what: `${count} looks` });
    const first = run();
    await whenTold(1);
    await first.stop();
    // However long it takes: that long it has not heard of them.
    known = { heardSinceMs: Date.now() + 3_600_000, drift: [] };
    looks = 0;
    const second = run();
    await whenLooked(2);
    known = { ...known, drift: drifted };
    await whenLooked(3);
    known = { heardSinceMs: 0, drift: [] };
    await whenTold(2);
    await second.stop();
    const titles = server.asked.map(({ body }) => (JSON.parse(body) as { data: { title: string } }).data.title);
    expect(titles).toEqual(['alarm ForeignRoot', 'alarm ForeignRoot is over']);
  });

  it('reads only what came after its place in the event log, and goes on there after a restart', async () => {
    const store = createMemoryStore();
    const term = await store.takeTerm();
    const created = await store.createMesh(newMesh('demo'), term);
    const asked: { after: number; entries: number }[] = [];
    const eventLog: Pick<Store, 'eventsEnd' | 'readEvents'> = {
      eventsEnd: () => store.eventsEnd(),
      readEvents: async (after, query) => {
        const page = await store.readEvents(after, query);
        if (page.kind === 'page') asked.push({ after: after.condition.number, entries: page.entries.length });
        return page;
      },
    };
    let stored = created;
    const operations = { listMeshes: async () => [momentOf(stored, { heardSinceMs: 0, drift: [] })] };
    const run = () => {
      const config = configOf({ events: ['state', 'failure'] });
      const outbox = openOutbox(dir, config.webhooks);
      const outside = { clock: systemClock, random: () => 0, newId: () => 'x', log: silentLog };
      return { outbox, notifier: startNotifier({ config, outbox, operations, eventLog, ...outside }) };
    };
    const change = async (state: RotationCondition['state']): Promise<void> => {
      const record = { ...stored.record, state };
      const basis = { term, revision: stored.revision };
      stored = await store.compareAndSwap('demo', basis, { record, condition: condition(Date.now(), state) });
    };
    const first = run();
    await waitFor(() => (asked.length > 0 ? true : undefined), { timeoutMs: 5_000, what: 'a first look' });
    for (const state of ['ADDING_NEW_ROOT', 'VERIFYING', 'VERIFIED'] as const) await change(state);
    // Noted as delivered too: whoever stops between the answer and its note sends it again.
    const delivered = (): number | undefined => first.notifier.list()[0]?.delivered;
    await waitFor(() => server.asked.length === 3 && delivered() === 3, { timeoutMs: 8_000, what: 'three deliveries' });
    await first.notifier.stop();
    await change('FINISHED');
    const second = run();
    await waitFor(() => (server.asked.length === 4 ? true : undefined), { timeoutMs: 8_000, what: 'a fourth delivery' });
    await second.notifier.stop();
    const reasons = server.asked.map(({ body }) => (JSON.parse(body) as { data: { reason: string } }).data.reason);
    expect(reasons).toEqual(['ADDING_NEW_ROOT', 'VERIFYING', 'VERIFIED', 'FINISHED']);
    // Of four entries none is read twice.
    expect(asked.reduce((sum, { entries }) => sum + entries, 0)).toBe(4);
    expect(asked.at(-1)?.after).toBeGreaterThan(1);
  });
});

it('a Slack-compatible body is one text in which nobody can be called and no link be made', () => {
  const notification: Notification = { ...(news()[1] as Notification), message: '<!channel> & <http://evil|x>' };
  expect(JSON.parse(composeBody('slack', notification, 'https://reroot.example/'))).toEqual({
    text: ':rotating_light: *demo*: the rotation has failed\n&lt;!channel&gt; &amp; &lt;http://evil|x&gt;\n<https://reroot.example/ui/#/demo|open>',
  });
});

it('a Slack-compatible body is short enough for every receiver, and cut within no character and no entity', () => {
  for (const message of ['&'.repeat(5_000), '<'.repeat(3_999), '🔑'.repeat(4_000), 'x'.repeat(4_000)]) {
    const notification: Notification = { ...(news()[1] as Notification), message, title: 't'.repeat(900) };
    const { text } = JSON.parse(composeBody('slack', notification, 'https://reroot.example/')) as { text: string };
    expect(text.length).toBeLessThanOrEqual(4_000);
    expect(text.isWellFormed()).toBe(true);
    expect(text).not.toMatch(/&(?!amp;|lt;|gt;)/);
    expect(text).toMatch(/…\n<https:\/\/reroot\.example\/ui\/#\/demo\|open>$/);
  }
});

it.each([
  ['an address in the clear', { url: 'http://reroot.example/hook' }],
  ['no secret', { secretFile: undefined }],
  ['a name and password in the address', { url: 'https://a:b@reroot.example/' }],
  ['two addresses', { urlFile: '/x' }],
  ['an unknown event', { events: ['weather'] }],
  ['an unknown key', { retries: 3 }],
])('the configuration refuses %s', (_, changes) => {
  expect(() => configOf(changes)).toThrow();
});
