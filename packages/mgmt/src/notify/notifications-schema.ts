import { isHttpsOrLocal } from '@reroot/shared/config';
import { isName } from '@reroot/shared/protocol';
import { z } from 'zod';
import { notificationKinds } from './notification.ts';

const file = z.string().min(1);
const choices = notificationKinds.filter((kind) => kind !== 'test');

/** The rule of `verification.hosts`: what is told, and a URL that is a secret, must not travel in the clear. */
const address = z
  .url({ protocol: /^https?$/ })
  .refine((text) => isHttpsOrLocal(new URL(text)), 'must be https, or http to this machine')
  .refine((text) => new URL(text).username === '', 'must have no name or password in it');

const webhook = z
  .strictObject({
    name: z.string().refine(isName, 'must be 1 to 63 lower-case letters, digits and hyphens'),
    url: address.optional(),
    /** Holds the URL, where that is a secret. Read each time. */
    urlFile: file.optional(),
    format: z.enum(['reroot', 'slack']).default('reroot'),
    /** Holds the secret that bodies are signed with. Read each time. */
    secretFile: file.optional(),
    caFile: file.optional(),
    events: z
      .array(z.enum(choices))
      .min(1)
      .default([...choices]),
    /** Only of these; of all where it is left out. */
    meshes: z.array(z.string().min(1)).min(1).optional(),
    giveUpAfterMs: z.int().min(60_000).max(604_800_000).default(86_400_000),
  })
  .refine(({ url, urlFile }) => (url === undefined) !== (urlFile === undefined), 'must have one of url and urlFile')
  .refine(
    ({ format, secretFile }) => (format === 'reroot') === (secretFile !== undefined),
    'must have a secretFile where its format is reroot, and there alone',
  );

/** `notifications` of mgmt's configuration; docs/notifications.md says what each key means. */
export const notificationsSchema = z.strictObject({
  /** Where people find mgmt: links lead below it. */
  link: address.optional(),
  webhooks: z
    .array(webhook)
    .max(20)
    .default([])
    .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, 'must have a name of its own each'),
});

/** A checked configuration. */
export type NotificationsConfig = z.infer<typeof notificationsSchema>;

/** One receiver. */
export type Webhook = NotificationsConfig['webhooks'][number];
