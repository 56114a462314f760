import { z } from 'zod';
import type { Read } from './read.ts';
import { evidenceMethodSchema, stepSchema, tallySchema, timestampSchema, verdictSchema } from './vocabulary.ts';

export const linkHealthSchema = z
  .object({
    connected: z.boolean().describe('Whether the agent has answered lately.'),
    heardAt: timestampSchema.describe('When it was heard last, by an answer or by a report, RFC 3339.'),
    roundTripMs: z.number().describe('From mgmt to the agent and back, without the time that the agent took.'),
    clockOffsetMs: z
      .number()
      .describe("How far the agent's clock is ahead of mgmt's; negative when it is behind. Nothing is decided by it."),
    agentVersion: z.string(),
    protocol: z.int().describe('Version of the protocol that the agent speaks.'),
    connectedSince: timestampSchema.describe("By the agent's own clock."),
    reconnects: z.int(),
    mgmtKeys: z.array(z.string()).describe('Which keys of mgmt the agent accepts: ids.'),
    natsJwtExpiresAt: timestampSchema.exactOptional(),
    refusedByAgent: z.record(z.string(), z.int()).describe('Messages that the agent has refused since it started, by reason.'),
  })
  .meta({ id: 'LinkHealth', description: 'How the link to the agent of a cluster stands.' });
export type LinkHealth = Read<typeof linkHealthSchema>;

export const membershipSchema = z.enum(['member', 'excluded', 'returning']).meta({
  id: 'Membership',
  description:
    'What a cluster is to the rotation. `member`: told what the rotation asks for, and waited for. `excluded`: keeps what it holds, and is not waited for. `returning`: brought step by step to what the others hold, and not waited for until it is there.',
});
export type Membership = Read<typeof membershipSchema>;

export const unreadReasonSchema = z.enum(['not-asked', 'forbidden', 'unreachable', 'unsupported', 'unknown']).meta({
  id: 'UnreadReason',
  description:
    'Why a proxy could not be read: the configuration of the agent says not to; the cluster lets it not; the proxy did not answer; it answered with nothing that can be read; for a reason that this version does not know.',
});
export type UnreadReason = Read<typeof unreadReasonSchema>;

export const workloadTallySchema = z
  .object({
    ...tallySchema.shape,
    methods: z.partialRecord(evidenceMethodSchema, z.int()),
    unread: z.partialRecord(unreadReasonSchema, z.int()).describe('Why proxies could not be read.'),
  })
  .meta({
    id: 'WorkloadTally',
    description: 'The same of workloads, and how that is known. Methods and reasons of which there are none are left out.',
  });
export type WorkloadTally = Read<typeof workloadTallySchema>;

export const clusterStatusSchema = z
  .object({
    name: z.string(),
    presence: z.enum(['reporting', 'silent', 'never-seen']),
    lastReportAt: timestampSchema.exactOptional().describe('RFC 3339, absent before the first report.'),
    verdict: verdictSchema.describe('Whether every gate passes for this cluster alone.'),
    roots: z.array(z.string()).describe('Fingerprints of the roots in the cacerts Secret.'),
    signerRoot: z.string().exactOptional().describe('Fingerprint of the root above the signer in the cacerts Secret.'),
    replicas: tallySchema,
    namespaces: tallySchema,
    workloads: workloadTallySchema,
    nudges: z.int(),
    problems: z.array(
      z.object({
        code: z.string(),
        message: z.string(),
        remedy: z.string(),
      }),
    ),
    membership: membershipSchema,
    deviation: z
      .object({
        by: z.string(),
        why: z.string(),
        since: timestampSchema,
      })
      .exactOptional()
      .describe('Who made it no member, since when and why; absent for a member.'),
    told: z
      .object({
        step: stepSchema,
        generation: z.int(),
      })
      .exactOptional()
      .describe('The row it was told last; absent while it has been told nothing.'),
    intermediateNotAfter: timestampSchema.exactOptional().describe('When the intermediate in its cacerts Secret expires.'),
    link: linkHealthSchema
      .exactOptional()
      .describe('Absent before its agent has answered, and for an agent of a version that does not answer.'),
  })
  .meta({ id: 'ClusterStatus', description: "One cluster's evidence, counted." });
export type ClusterStatus = Read<typeof clusterStatusSchema>;
