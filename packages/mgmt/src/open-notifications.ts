import { randomUUID } from 'node:crypto';
import type { WebhookStatus } from '@reroot/shared/api';
import { RerootError } from '@reroot/shared/errors';
import type { Lifecycle } from '@reroot/shared/lifecycle';
import type { Sample } from '@reroot/shared/metrics';
import { type NotificationDesk, sample } from './api/index.ts';
import type { MgmtConfig } from './config.ts';
import {
  type Notifier,
  type NotifierOptions,
  type Outbox,
  openDocumentOutbox,
  openOutbox,
  startNotifier,
  type WebhookState,
} from './notify/index.ts';
import type { KnownAlarm } from './rotation/index.ts';
import { type DocumentReader, readTerm, requireTermInForce, type Store } from './store/index.ts';

/** What tells people, and what is measured of it. */
export interface Notifications extends NotificationDesk {
  samples(): readonly Sample[];
  /** Of a mesh. */
  alarms(mesh: string): readonly KnownAlarm[];
}

/** What telling people takes. */
export interface OpenNotificationsOptions extends Omit<NotifierOptions, 'config' | 'outbox' | 'newId'> {
  readonly config: MgmtConfig;
  /** The one of this leader. */
  readonly term: number;
  readonly store: Pick<Store, 'documents'>;
}

/** @throws RR_STORE_* */
export async function openNotifications(
  { config, term, store, ...options }: OpenNotificationsOptions,
  lifecycle: Lifecycle,
): Promise<Notifications> {
  const { notifications } = config;
  if (notifications.webhooks.length === 0) return noWebhooks;
  const outbox = await openOutboxOf(config, store, term);
  const notifier: Notifier = startNotifier({ ...options, config: notifications, outbox, newId: randomUUID });
  lifecycle.add('notifications', () => notifier.stop());
  return {
    list: () => notifier.list().map(describe),
    test: (name) => notifier.test(name),
    samples: () => notifier.list().flatMap(samplesOf),
    alarms: (mesh) => notifier.alarms(mesh),
  };
}

/** Beside the store: what one leader has not told, the next one tells. */
async function openOutboxOf(
  { dataDir, notifications }: MgmtConfig,
  { documents }: Pick<Store, 'documents'>,
  term: number,
): Promise<Outbox> {
  const { webhooks } = notifications;
  if (documents === undefined) return openOutbox(dataDir, webhooks);
  const fence = async (reader: DocumentReader): Promise<void> => requireTermInForce(term, await readTerm(reader));
  return openDocumentOutbox(documents, { webhooks, fence });
}

/** Where nobody is told. */
export const noWebhooks: Notifications = {
  list: () => [],
  test: (name) => Promise.reject(new RerootError('RR_WEBHOOK_NOT_FOUND', `there is no webhook ${name.slice(0, 63)}`)),
  samples: () => [],
  alarms: () => [],
};

function describe(state: WebhookState): WebhookStatus {
  const { webhook, health, queued, delivered, givenUp, coalesced, lastDeliveredAtMs, failingSinceMs, lastFailure } = state;
  return {
    ...{ name: webhook.name, format: webhook.format, events: [...webhook.events] },
    ...{ health, queued, delivered, givenUp, coalesced },
    ...(lastDeliveredAtMs === undefined ? {} : { lastDeliveredAt: new Date(lastDeliveredAtMs).toISOString() }),
    ...(failingSinceMs === undefined ? {} : { failingSince: new Date(failingSinceMs).toISOString() }),
    ...(lastFailure === undefined ? {} : { lastFailure }),
  };
}

function samplesOf({
  webhook: { name: webhook },
  health,
  queued,
  delivered,
  failedAttempts,
  givenUp,
}: WebhookState): readonly Sample[] {
  return [
    sample('reroot_notifications_queued', { webhook }, queued),
    sample('reroot_notifications_delivered_total', { webhook }, delivered),
    sample('reroot_notifications_failed_attempts_total', { webhook }, failedAttempts),
    sample('reroot_notifications_given_up_total', { webhook }, givenUp),
    sample('reroot_notifications_dead', { webhook }, health === 'dead' ? 1 : 0),
  ];
}
