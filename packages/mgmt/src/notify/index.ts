/** What people are told, by webhooks. */

export { type DocumentOutboxOptions, openDocumentOutbox } from './document-outbox.ts';
export type { Notification } from './notification.ts';
export { notificationsSchema } from './notifications-schema.ts';
export { type Notifier, type NotifierOptions, startNotifier, type WebhookState } from './notifier.ts';
export { type Outbox, openOutbox } from './outbox.ts';
