import type { Clock } from '@reroot/shared/clock';
import { RerootError, toRerootError } from '@reroot/shared/errors';
import { errorFields, type Log } from '@reroot/shared/log';
import { alarmsOf } from '../api/index.ts';
import type { KnownAlarm } from '../rotation/index.ts';
import type { MeshMoment, Operations } from '../runner/index.ts';
import type { Store } from '../store/index.ts';
import { meaningOfMissing, newsOf, standingsOf } from './find-news.ts';
import type { Notification } from './notification.ts';
import type { NotificationsConfig, Webhook } from './notifications-schema.ts';
import type { Outbox, Queued, WebhookHealth } from './outbox.ts';
import { type Posted, postWebhook } from './post-webhook.ts';

/** Tells people what happens. */
export interface Notifier {
  /** Every receiver, and how deliveries to it go. */
  list(): readonly WebhookState[];
  /** What everybody who looks at a mesh is to see: the webhooks that nothing reaches, and that were to be told of it. */
  alarms(mesh: string): readonly KnownAlarm[];
  /** Sends one notification now. @throws RR_WEBHOOK_NOT_FOUND, RR_WEBHOOK_FAILED */
  test(name: string): Promise<void>;
  stop(): Promise<void>;
}

/** One receiver. */
export interface WebhookState extends WebhookHealth {
  readonly webhook: Webhook;
  /** `dead`: nothing was taken for an hour. */
  readonly health: 'well' | 'failing' | 'dead';
}

/** What telling works with. */
export interface NotifierOptions {
  readonly config: NotificationsConfig;
  readonly outbox: Outbox;
  readonly operations: Pick<Operations, 'listMeshes'>;
  readonly eventLog: Pick<Store, 'eventsEnd' | 'readEvents'>;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly newId: () => string;
  readonly log: Log;
}

const lookEveryMs = 1_000;
/** So many entries are read at a time: what a look costs does not grow with the history. */
const pageSize = 200;
const timeoutMs = 10_000;
/** After a failure a receiver is left alone for a time that doubles, up to a quarter of an hour; half of it is up to chance. */
const [firstPauseMs, longestPauseMs] = [2_000, 900_000];
const deadAfterMs = 3_600_000;

/** Looks at every mesh once a second, and delivers what there is to tell: to each receiver one at a time, to all of them at once. */
export function startNotifier(options: NotifierOptions): Notifier {
  const { config, outbox, operations, clock, log } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  const seen = new Map<string, string>();
  let dead: readonly WebhookState[] = [];

  const look = async (): Promise<void> => {
    dead = config.webhooks.map((webhook) => stateOf(webhook, outbox, clock.now())).filter(({ health }) => health === 'dead');
    for (const moment of await operations.listMeshes()) {
      try {
        await takeIn(moment, seen, options);
      } catch (error) {
        const { code, message } = toRerootError(error);
        log.error(
          { mesh: moment.view.stored.spec.mesh, code, problem: message },
          'what is to be told of the mesh cannot be kept',
        );
      }
    }
  };
  const loops = config.webhooks.length === 0 ? [] : [repeat(look, options, signal)];
  const deliveries = config.webhooks.map((webhook) => deliverAll(webhook, options, signal));
  const find = (name: string): Webhook => {
    const webhook = config.webhooks.find((each) => each.name === name);
    if (webhook === undefined) throw new RerootError('RR_WEBHOOK_NOT_FOUND', `there is no webhook ${name}`);
    return webhook;
  };
  return {
    alarms: (mesh) => dead.filter(({ webhook }) => webhook.meshes?.includes(mesh) ?? true).map(alarmOf),
    list: () => config.webhooks.map((webhook) => stateOf(webhook, outbox, clock.now())),
    test: async (name) => {
      const notification = testOf(name, options.newId(), clock.now());
      const posted = await postWebhook(find(name), notification, {
        link: config.link,
        timestamp: unixTime(clock),
        timeoutMs,
        signal,
      });
      if (posted.kind !== 'taken') throw new RerootError('RR_WEBHOOK_FAILED', posted.why);
    },
    stop: async () => {
      stopping.abort(new Error('mgmt stops'));
      await Promise.all([...loops, ...deliveries]);
      outbox.close();
    },
  };
}

async function takeIn(
  moment: MeshMoment,
  seen: Map<string, string>,
  { eventLog, outbox, clock, log }: NotifierOptions,
): Promise<void> {
  const { record, revision, spec } = moment.view.stored;
  const { mesh } = spec;
  const nowMs = clock.now();
  const standings = standingsOf(record, moment.decision.verdict, alarmsOf(moment));
  const missing = meaningOfMissing(moment);
  // Each write waits for the disk.
  const now = `${revision} ${missing} ${[...standings.keys()].join()}`;
  if (seen.get(mesh) === now) return;
  // What happened before anybody was to be told is told to nobody.
  let cursor = outbox.cursorOf(mesh) ?? { position: await eventLog.eventsEnd(), state: record.state };
  for (;;) {
    const page = await eventLog.readEvents(cursor.position, { mesh, limit: pageSize });
    if (page.kind === 'replaced') {
      log.warn({ mesh }, 'the store was replaced: what happened in it before is told to nobody');
      cursor = { position: await eventLog.eventsEnd(), state: record.state };
      await outbox.take(mesh, { news: [], cursor, standings, missing }, nowMs);
      break;
    }
    if (page.lost.length > 0) log.warn({ mesh }, 'the history has dropped entries before anybody was told of them');
    const { news, state } = newsOf(mesh, page.entries, cursor.state);
    cursor = { position: page.end, state };
    await outbox.take(mesh, { news, cursor, standings, missing }, nowMs);
    if (page.entries.length < pageSize) break;
  }
  seen.set(mesh, now);
}

/** Delivers to one receiver until the signal aborts. At least once: whoever dies between the answer and its note sends it again. */
async function deliverAll(webhook: Webhook, options: NotifierOptions, signal: AbortSignal): Promise<void> {
  const { outbox, clock, log } = options;
  let failures = 0;
  while (!signal.aborted) {
    try {
      const queued = outbox.next(webhook.name, clock.now());
      if (queued === undefined) await clock.sleep(lookEveryMs, signal);
      else {
        const kind = await deliver(webhook, queued, failures, options, signal);
        if (kind === 'taken') failures = 0;
        if (kind !== 'away') continue;
        failures += 1;
        await clock.sleep(pauseMs(failures, options.random), signal);
      }
    } catch (error) {
      if (isOver(signal)) return;
      log.error({ webhook: webhook.name, ...errorFields(error) }, 'deliveries cannot be looked at; it is tried again');
      await clock.sleep(lookEveryMs, signal).catch(() => undefined);
    }
  }
}

async function deliver(
  webhook: Webhook,
  queued: Queued,
  failures: number,
  { config, outbox, clock, random, log }: NotifierOptions,
  signal: AbortSignal,
): Promise<Posted['kind']> {
  const { name, giveUpAfterMs } = webhook;
  const timestamp = unixTime(clock);
  const posted = await postWebhook(webhook, queued.notification, { link: config.link, timestamp, timeoutMs, signal });
  const nowMs = clock.now();
  if (posted.kind === 'taken') {
    await outbox.delivered(queued, nowMs);
    if (failures > 0) log.info({ webhook: name }, 'a webhook takes notifications again');
    return posted.kind;
  }
  const wasDead = stateOf(webhook, outbox, nowMs).health === 'dead';
  const isTooOld = nowMs - queued.queuedAtMs >= giveUpAfterMs;
  // What is refused lets others pass; for a receiver that is away nothing overtakes anything.
  const againAtMs = posted.kind === 'refused' ? nowMs + pauseMs(queued.attempts + 1, random) : nowMs;
  await outbox.failed(queued, posted.why, nowMs, isTooOld ? undefined : againAtMs);
  const told = { webhook: name, code: 'RR_WEBHOOK_FAILED', problem: posted.why };
  if (failures === 0 && queued.attempts === 0) log.warn(told, 'a webhook does not take notifications; it is tried again');
  if (wasDead && failures % 16 === 0) log.error(told, 'a webhook has taken nothing for an hour');
  return posted.kind;
}

/** Asked anew: it may have aborted while something was waited for. */
function isOver({ aborted }: AbortSignal): boolean {
  return aborted;
}

function pauseMs(failures: number, random: () => number): number {
  const bound = Math.min(longestPauseMs, firstPauseMs * 2 ** (failures - 1));
  return bound / 2 + (random() * bound) / 2;
}

function stateOf(webhook: Webhook, outbox: Pick<Outbox, 'health'>, nowMs: number): WebhookState {
  const health = outbox.health(webhook.name);
  const { failingSinceMs } = health;
  const how = failingSinceMs === undefined ? 'well' : nowMs - failingSinceMs >= deadAfterMs ? 'dead' : 'failing';
  return { ...health, webhook, health: how };
}

function alarmOf({ webhook: { name }, lastFailure = 'not known' }: WebhookState): KnownAlarm {
  const message = `webhook ${name} has taken nothing for an hour, and nobody is told by it; its last failure: ${lastFailure}`;
  return { severity: 'warning', reason: 'WebhookDead', message };
}

function testOf(name: string, id: string, atMs: number): Notification {
  const message = `This is a test of webhook ${name}: nothing has happened.`;
  const facts = { rotation: undefined, step: undefined, generation: undefined, topic: 'test' };
  return {
    id: `evt_${id}`,
    kind: 'test',
    severity: 'info',
    mesh: 'none',
    atMs,
    title: 'a test of notifications',
    message,
    reason: 'Test',
    ...facts,
  };
}

function unixTime(clock: Clock): number {
  return Math.floor(clock.now() / 1_000);
}

async function repeat(act: () => Promise<void>, { clock, log }: NotifierOptions, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await act().catch((error: unknown) => {
      log.error(errorFields(error), 'what is to be told cannot be looked at; it is tried again');
    });
    await clock.sleep(lookEveryMs, signal).catch(() => undefined);
  }
}
