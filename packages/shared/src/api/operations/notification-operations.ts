import { z } from 'zod';
import { webhookStatusSchema } from '../notifications.ts';
import type { Operation } from './operation.ts';

/** How people are told. */
export const notificationOperations = {
  listNotifications: {
    answeredBy: 'leader',
    ...{ method: 'GET', path: '/v1/notifications', tag: 'server', permission: 'read' },
    summary: 'the receivers of notifications, and how deliveries go',
    answers: {
      200: { description: 'All that the configuration names.', schema: z.object({ webhooks: z.array(webhookStatusSchema) }) },
    },
    errors: ['RR_STORE_FAILED'],
  },
  testNotification: {
    answeredBy: 'leader',
    ...{ method: 'POST', path: '/v1/notifications/{webhook}/test', tag: 'server', permission: 'administer' },
    summary: 'send one notification to a receiver now',
    answers: { 200: { description: 'It was taken.', schema: z.object({ taken: z.literal(true) }) } },
    errors: ['RR_WEBHOOK_NOT_FOUND', 'RR_WEBHOOK_FAILED'],
  },
} as const satisfies Readonly<Record<string, Operation>>;
