import { RerootError } from '@reroot/shared/errors';
import type { NotificationDesk } from '../notification-routes.ts';

/** Of an API that tells nobody. */
export const noNotifications: NotificationDesk = {
  list: () => [],
  test: (name) => Promise.reject(new RerootError('RR_WEBHOOK_NOT_FOUND', `there is no webhook ${name}`)),
};
