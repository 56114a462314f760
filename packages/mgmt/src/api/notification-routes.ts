import type { WebhookStatus } from '@reroot/shared/api';
import { paramOf, type Route, reply, route } from './route.ts';

/** What tells people, as the API asks it. */
export interface NotificationDesk {
  readonly list: () => readonly WebhookStatus[];
  /** @throws RR_WEBHOOK_NOT_FOUND, RR_WEBHOOK_FAILED */
  readonly test: (name: string) => Promise<void>;
}

/** Whom people are told by. The names of files and addresses stay in the configuration. */
export function notificationRoutes({ notifications }: { readonly notifications: NotificationDesk }): readonly Route[] {
  return [
    route('listNotifications', async () => reply(200, { webhooks: [...notifications.list()] })),
    route('testNotification', async (request) => {
      await notifications.test(paramOf(request, 'webhook'));
      return reply(200, { taken: true });
    }),
  ];
}
