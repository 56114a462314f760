import { z } from 'zod';
import type { ClusterRecord } from './cluster-record.ts';

const text = z.string();
const moment = z.int().nonnegative();
const count = z.int().nonnegative();

const agentSchema = z.strictObject({
  publicKeyPem: text.min(1),
  natsUser: text,
  natsJwtExpiresAtMs: moment,
  tokenId: text,
  joinUser: text,
  epoch: count,
  askedSequence: count,
  atMs: moment,
});

/** How a cluster's record is read back. JSON leaves out what is undefined; the type asks for it to be said. */
export const clusterSchema: z.ZodType<ClusterRecord> = z
  .strictObject({
    name: text.min(1),
    mesh: text.min(1),
    formerName: text.min(1).optional(),
    addedBy: text,
    addedAtMs: moment,
    invitation: z
      .strictObject({
        tokenId: text.min(1),
        key: text.regex(/^[0-9a-f]{64}$/),
        expiresAtMs: moment,
        natsUser: text,
        mgmtKeys: z.array(text),
      })
      .optional(),
    agent: agentSchema.optional(),
    nextAgent: agentSchema.optional(),
    epoch: count,
    revoked: z.strictObject({ by: text, why: text, atMs: moment }).optional(),
    revokedUsers: z.array(z.strictObject({ natsUser: text.min(1), atMs: moment })),
  })
  .transform(({ formerName, invitation, agent, nextAgent, revoked, ...record }) => ({
    ...record,
    formerName,
    invitation,
    agent,
    nextAgent,
    revoked,
  }));
