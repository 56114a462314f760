import { z } from 'zod';
import { linkHealthSchema } from './cluster-status.ts';
import { nextCursorSchema } from './page.ts';
import type { Attributed, Read } from './read.ts';
import { bySchema, nameSchema, whySchema } from './request-parts.ts';
import { timestampSchema } from './vocabulary.ts';

export const clusterAccountSchema = z
  .object({
    name: z.string(),
    mesh: z
      .string()
      .exactOptional()
      .describe('The only mesh that it may belong to; absent for one of the configuration, which may belong to any.'),
    origin: z.enum(['configured', 'added']).describe("By its public key in mgmt's configuration, or by `reroot cluster add`."),
    state: z.enum(['invited', 'expired', 'enrolled', 'revoked']).describe('`expired`: its join file was not used in time.'),
    addedBy: z.string().exactOptional(),
    addedAt: timestampSchema.exactOptional(),
    invitationExpiresAt: timestampSchema.exactOptional(),
    enrolledAt: timestampSchema.exactOptional(),
    revoked: z
      .object({
        by: z.string(),
        why: z.string(),
        at: timestampSchema,
      })
      .exactOptional(),
    keyId: z.string().exactOptional().describe('Id of the key that its agent signs with.'),
    changing: z
      .array(z.enum(['credentials', 'name']))
      .describe('What its agent was asked to change and has not yet: its keys, its name.'),
    link: linkHealthSchema.exactOptional().describe("Absent before the agent's first answer."),
    refusedByMgmt: z
      .record(z.string(), z.int())
      .describe('Messages under its name that mgmt has refused since it started, by reason.'),
  })
  .meta({ id: 'ClusterAccount', description: 'One cluster that may speak to mgmt.' });
export type ClusterAccount = Read<typeof clusterAccountSchema>;

export const natsRevocationSchema = z.enum(['in-force', 'pending', 'by-expiry', 'by-hand']).meta({
  id: 'NatsRevocation',
  description:
    'How NATS keeps out whoever was revoked. `in-force`: every server does. `pending`: not every server knows of all. `by-expiry`: mgmt has no right to tell the servers, and a user of its making is let in until its JWT expires. `by-hand`: mgmt makes no users there, and whoever does has to shut them out. In any case mgmt itself listens to nothing that they say.',
});
export type NatsRevocation = Read<typeof natsRevocationSchema>;

export const clusterAccountsSchema = z
  .object({
    clusters: z.array(clusterAccountSchema),
    signingKeys: z
      .object({
        current: z.string(),
        next: z.string().exactOptional(),
        heldByAll: z.boolean(),
      })
      .describe('Ids of the keys that mgmt signs with: the present one, and the next one while it is being handed out.'),
    natsRevocation: natsRevocationSchema,
    nextCursor: nextCursorSchema.exactOptional(),
  })
  .meta({ id: 'ClusterAccounts', description: 'Who may speak to mgmt, by name.' });
export type ClusterAccounts = Read<typeof clusterAccountsSchema>;

export const addClusterSchema = z
  .strictObject({
    name: nameSchema,
    mesh: nameSchema,
    by: bySchema.exactOptional(),
    validForMs: z
      .int()
      .min(1_000)
      .max(30 * 86_400_000)
      .exactOptional()
      .describe('How long the join file is good; a day when left out.'),
    natsCredentials: z
      .string()
      .min(1)
      .max(16_384)
      .exactOptional()
      .describe(
        'NATS credentials to put into the join file, where mgmt cannot make users of NATS itself: text of a .creds file.',
      ),
    mode: z
      .enum(['new', 'again'])
      .exactOptional()
      .describe('`again`: makes the join file of an earlier add void, and lets a revoked cluster come back.'),
  })
  .meta({
    id: 'AddClusterRequest',
    description: 'A cluster that is to join.',
    examples: [{ name: 'east', mesh: 'demo', by: 'ann' }],
  });
/** `why` is not asked for, for a name says enough. */
export type AddClusterRequest = Read<typeof addClusterSchema>;

export const renameClusterSchema = z.strictObject({ to: nameSchema, by: bySchema.exactOptional(), why: whySchema }).meta({
  id: 'RenameClusterRequest',
  description: 'The new name of a cluster, and why.',
  examples: [{ to: 'east-1', by: 'ann', why: 'there are two in the east now' }],
});
export type RenameClusterRequest = Attributed<typeof renameClusterSchema>;
