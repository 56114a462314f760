import { z } from 'zod';
import { printableSchema } from './printable.ts';
import type { Read } from './read.ts';
import { maxClusterNames, nameSchema } from './request-parts.ts';
import { strategySchema, timestampSchema, verificationSchema } from './vocabulary.ts';

export const emergencyRequestSchema = z
  .strictObject({
    reason: printableSchema(2_000).describe('Why; a sentence that the approver reads and the history keeps.'),
    excludeSilent: z
      .array(nameSchema)
      .max(maxClusterNames)
      .exactOptional()
      .describe('Clusters that the rotation does not wait for while they are silent.'),
  })
  .meta({ id: 'EmergencyRequest', description: 'What is asked for beyond a usual start: a rotation in an emergency.' });
export type EmergencyRequest = Read<typeof emergencyRequestSchema>;

export const rotationPaceSchema = z.enum(['usual', 'emergency']).meta({
  id: 'RotationPace',
  description: 'Whether a rotation goes as the policy of its mesh says, or in an emergency.',
});
export type RotationPace = Read<typeof rotationPaceSchema>;

export const emergencyLossSchema = z
  .object({
    reason: z.string().describe('Stable CamelCase code; docs/emergency.md lists them.'),
    message: z.string().describe('A sentence for people, with what it is in this mesh.'),
  })
  .meta({ id: 'EmergencyLoss', description: 'Something that a rotation in an emergency gives up, or risks.' });
export type EmergencyLoss = Read<typeof emergencyLossSchema>;

export const emergencyQuestionSchema = z
  .strictObject({
    strategy: strategySchema.exactOptional(),
    verification: verificationSchema.exactOptional(),
    excludeSilent: z.array(nameSchema).max(maxClusterNames).exactOptional(),
  })
  .meta({
    id: 'EmergencyQuestion',
    description: 'Asks what a rotation in an emergency would give up. It starts nothing.',
    examples: [{}, { excludeSilent: ['east'] }],
  });
export type EmergencyQuestion = Read<typeof emergencyQuestionSchema>;

export const emergencyPaceSchema = z
  .object({
    strategy: strategySchema,
    verification: verificationSchema,
    requiredEvidence: z.enum(['written', 'loaded', 'published', 'held']),
    restarts: z.enum(['never', 'when-refused', 'always']).describe('Whether agents restart istiod replicas.'),
    workloadRestarts: z.enum(['never', 'when-needed']),
  })
  .meta({
    id: 'EmergencyPace',
    description: "How a rotation in an emergency goes: what counts in the place of the mesh's policy.",
  });
export type EmergencyPace = Read<typeof emergencyPaceSchema>;

export const emergencyOutlookSchema = z
  .object({
    losses: z.array(emergencyLossSchema),
    policy: emergencyPaceSchema,
  })
  .meta({ id: 'EmergencyOutlook', description: 'What a rotation in an emergency would lose, and how it would go.' });
export type EmergencyOutlook = Read<typeof emergencyOutlookSchema>;

export const emergencyStatusSchema = z
  .object({
    ...emergencyOutlookSchema.shape,
    reason: z.string(),
    excludeSilent: z.array(z.string()),
    approval: z
      .object({
        by: z.string(),
        at: timestampSchema,
        why: z.string(),
      })
      .exactOptional()
      .describe('Who let it begin; absent while it waits for another person, and nobody has been told.'),
  })
  .meta({ id: 'EmergencyStatus', description: 'The emergency of the rotation under way or the last one.' });
export type EmergencyStatus = Read<typeof emergencyStatusSchema>;

export const rootCrlSchema = z
  .object({
    root: z.string().describe('Fingerprint.'),
    pem: z.string(),
    number: z.string().describe('Decimal; newer lists have larger ones.'),
    thisUpdate: timestampSchema,
    nextUpdate: timestampSchema.describe('After this, verifiers that go by the list refuse everything of its issuer.'),
    revoked: z
      .array(
        z.object({
          cluster: z.string(),
          serial: z.string(),
        }),
      )
      .describe('Whose they are; serial numbers in upper-case hex.'),
    stillUsedBy: z.array(z.string()).describe('Clusters in which something is still signed by the root, by their last report.'),
  })
  .meta({
    id: 'RootCrl',
    description:
      'A signed list (RFC 5280 §5) that revokes every intermediate under the root that the mesh has left: the old one of the rotation, or the one that was retired last.',
  });
export type RootCrl = Read<typeof rootCrlSchema>;
