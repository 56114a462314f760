import { z } from 'zod';
import { emergencyOutlookSchema } from './emergency.ts';
import { plannedRootSchema, plannedStepSchema, plannedTimeSchema } from './planned-step.ts';
import type { Read } from './read.ts';
import { strategySchema, timestampSchema, verificationSchema } from './vocabulary.ts';
import { brokenPairsSchema, whatIfSchema } from './what-if.ts';

export const planNoticeSchema = z
  .object({
    severity: z
      .enum(['blocks', 'warning', 'person'])
      .describe(
        '`blocks`: the rotation waits, or is refused, until it is mended; `person`: somebody has to act; `warning`: look at it.',
      ),
    reason: z.string().describe('Stable CamelCase code.'),
    message: z.string(),
    clusters: z.array(z.string()),
  })
  .meta({ id: 'PlanNotice', description: 'Something that whoever starts the rotation is to know first.' });
export type PlanNotice = Read<typeof planNoticeSchema>;

export const plannedExpirySchema = z
  .object({
    what: timestampSchema,
    at: timestampSchema,
    when: z
      .enum(['passed', 'before-likely-end', 'before-latest-end', 'soon-after'])
      .describe('Where that is on the plan: before its likely end, before its latest one, or after it but soon.'),
    message: z.string(),
    clusters: z.array(z.string()),
  })
  .meta({ id: 'PlannedExpiry', description: 'Something that ends.' });
export type PlannedExpiry = Read<typeof plannedExpirySchema>;

export const planBystanderSchema = z
  .object({
    cluster: z.string(),
    membership: z.enum(['excluded', 'returning']),
    message: z.string(),
  })
  .meta({ id: 'PlanBystander', description: "A cluster that is not told this rotation's rows." });
export type PlanBystander = Read<typeof planBystanderSchema>;

export const rotationPlanSchema = z
  .object({
    mesh: z.string(),
    madeAt: timestampSchema,
    of: z
      .enum(['start', 'rest'])
      .describe('`start`: of a rotation that would be started; `rest`: what is left of the one under way.'),
    from: timestampSchema.describe('When the plan begins.'),
    rotationId: z.string().exactOptional().describe('Absent for a rotation that is not started.'),
    direction: z.enum(['forward', 'back']),
    strategy: strategySchema,
    verification: verificationSchema,
    oldRoot: plannedRootSchema,
    newRoot: plannedRootSchema,
    alsoOld: z
      .array(plannedRootSchema)
      .exactOptional()
      .describe(
        'Further roots that are to go: those that adopted clusters came with. In an adoption `oldRoot` is `newRoot`, and these are the old ones.',
      ),
    members: z.int().describe('Clusters that count.'),
    steps: z.array(plannedStepSchema).describe('In their order; of a rotation under way the present one and those after it.'),
    ends: plannedTimeSchema,
    basis: z.array(z.string()).describe('What the times rest on, as sentences.'),
    notices: z
      .array(planNoticeSchema)
      .describe('What could block it, what waits for people, what would be too much at once; the worst first.'),
    expiries: z
      .array(plannedExpirySchema)
      .describe('Certificates and approvals that end before the rotation does, or soon after; earliest first.'),
    bystanders: z.array(planBystanderSchema).describe('Clusters that are told nothing by this rotation, and why.'),
    breaks: z
      .array(brokenPairsSchema)
      .describe('Pairs of clusters that will not be able to speak to each other, when everything takes its likely time.'),
    emergency: emergencyOutlookSchema
      .exactOptional()
      .describe('Of a start in an emergency: how it goes, and what would be lost by it.'),
    whatIf: whatIfSchema.exactOptional().describe('Present when clusters are taken to be offline.'),
  })
  .meta({
    id: 'RotationPlan',
    description: 'What a rotation would do, or what is left of the one under way. Nothing is changed by it.',
  });
export type RotationPlan = Read<typeof rotationPlanSchema>;
