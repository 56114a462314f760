import { z } from 'zod';
import { emergencyOutlookSchema, rotationPaceSchema } from './emergency.ts';
import type { Read } from './read.ts';
import { fingerprintSchema, maxClusterNames, nameSchema } from './request-parts.ts';
import { nudgeSchema, stepSchema, strategySchema, timestampSchema, verificationSchema } from './vocabulary.ts';

export const planQuerySchema = z
  .strictObject({
    strategy: strategySchema.exactOptional().describe("Defaults to the policy of the mesh's spec."),
    verification: verificationSchema.exactOptional(),
    targetRoot: fingerprintSchema
      .exactOptional()
      .describe(
        'Fingerprint of a root that the mesh knows; without it the plan is for the next root, which nobody makes for a plan.',
      ),
    pace: rotationPaceSchema.exactOptional().describe('`usual` when left out.'),
    at: z
      .string()
      .exactOptional()
      .describe('When the rotation is to start, RFC 3339 or a span from now such as `2h`; now when left out.'),
    offline: z
      .array(nameSchema)
      .max(maxClusterNames)
      .exactOptional()
      .describe('Clusters that mgmt hears nothing of from the start of the plan on.'),
    until: z
      .string()
      .exactOptional()
      .describe('Until when, RFC 3339 or a span from the start of the plan; for ever when left out.'),
    exclude: z
      .array(nameSchema)
      .max(maxClusterNames)
      .exactOptional()
      .describe('Clusters that an operator would exclude before the start.'),
  })
  .meta({ id: 'PlanQuery', description: 'What a plan is asked for; the query has the same names.' });
export type PlanQuery = Read<typeof planQuerySchema>;

export const plannedRootSchema = z
  .object({
    fingerprint: z.string().describe('`unmadeRoot` for one that is not made yet.'),
    origin: z.enum(['known', 'offered', 'unmade']).describe('`known` to the mesh, `offered` by its source, or `unmade`.'),
    subject: z.string().exactOptional(),
    notBefore: timestampSchema.exactOptional(),
    notAfter: timestampSchema.exactOptional().describe("Of one that is unmade: what the spec's lifetime comes to."),
  })
  .meta({ id: 'PlannedRoot', description: 'A root of a plan.' });
export type PlannedRoot = Read<typeof plannedRootSchema>;

export const plannedTimeSchema = z
  .object({
    soonest: timestampSchema
      .exactOptional()
      .describe(
        'Each is absent when there is no such moment: never, or nothing bounds it. With a soonest and no likely one it is not known.',
      ),
    likely: timestampSchema.exactOptional(),
    latest: timestampSchema.exactOptional(),
    unbounded: z.array(z.string()).describe('Why there is no latest one.'),
  })
  .meta({ id: 'PlannedTime', description: "A moment, as a range. Waiting for a person's answer is not in it. All RFC 3339." });
export type PlannedTime = Read<typeof plannedTimeSchema>;

export const plannedChangeSchema = z
  .object({
    clusters: z.array(z.string()),
    before: z
      .object({
        roots: z.array(z.string()),
        signer: z.string().exactOptional(),
      })
      .exactOptional()
      .describe('What it holds before: from evidence for the first row of a plan, from the row before for the others.'),
    kept: z.array(z.string()),
    added: z.array(z.string()),
    removed: z.array(z.string()),
    signer: z.string(),
    intermediate: z
      .enum(['new', 'kept'])
      .describe("Whether the cluster's istiods sign with a new intermediate, or go on with the one they have."),
  })
  .meta({
    id: 'PlannedChange',
    description: 'What is written into `cacerts`, beside istiod. Roots are fingerprints, or `unmadeRoot`.',
  });
export type PlannedChange = Read<typeof plannedChangeSchema>;

export const signingBurstSchema = z
  .object({
    cluster: z.string(),
    requests: z.int(),
    replicas: z.int(),
    perSecond: z.number().describe('What the replicas together are taken to sign in a second.'),
    seconds: z.number(),
  })
  .meta({ id: 'SigningBurst', description: 'Proxies of one cluster that ask for a certificate at once.' });
export type SigningBurst = Read<typeof signingBurstSchema>;

export const plannedWaveSchema = z
  .object({
    index: z.int(),
    kind: z.enum(['canaries', 'others']),
    progress: z.enum(['told', 'to-come']),
    clusters: z.array(z.string()),
    released: plannedTimeSchema,
    proven: plannedTimeSchema,
    soakMs: z.number().describe('How long it soaks before the next wave; 0 for the last one.'),
    pushed: z.int().describe('Workloads that are pushed new trust, and so ask for a certificate at once, as last reported.'),
    renewed: z.int().describe('Workloads that take new trust only with their next certificate or start.'),
    burst: signingBurstSchema
      .exactOptional()
      .describe('The cluster whose istiods have the most to sign at once; absent where nothing is pushed.'),
  })
  .meta({ id: 'PlannedWave', description: 'Clusters that are told a row together.' });
export type PlannedWave = Read<typeof plannedWaveSchema>;

export const plannedIntermediatesSchema = z
  .object({
    count: z.int(),
    by: z
      .enum(['mgmt', 'vault', 'agents'])
      .describe('Who signs them: mgmt by a key of its own, Vault asked by mgmt, or whom the agents ask by themselves.'),
    atOnce: z.int().describe('The most that are asked for at once: those of the largest wave.'),
    seconds: z.number().exactOptional().describe('How long those take; absent where it is not known who signs how fast.'),
  })
  .meta({ id: 'PlannedIntermediates', description: 'Intermediates that are signed for a step.' });
export type PlannedIntermediates = Read<typeof plannedIntermediatesSchema>;

export const plannedRestartsSchema = z
  .object({
    replicas: z.int().describe('istiod replicas: how many, and whether for certain.'),
    replicasWhy: z.enum(['never', 'when-refused', 'always']),
    workloads: z.int().describe('Workloads whose owners are restarted.'),
    blocked: z
      .array(z.string())
      .describe(
        'Clusters in which a PodDisruptionBudget of what is restarted bears no disruption now, by the last preflight or report.',
      ),
    unknown: z
      .array(z.string())
      .describe('Clusters of which no budget is known: no preflight has asked them since mgmt started, or they did not say.'),
  })
  .meta({ id: 'PlannedRestarts', description: 'What the policy has restarted in a step.' });
export type PlannedRestarts = Read<typeof plannedRestartsSchema>;

export const plannedStepSchema = z
  .object({
    step: stepSchema,
    progress: z.enum(['under-way', 'to-come']),
    row: z.object({
      roots: z.array(z.string()),
      signer: z.string(),
    }),
    nudge: nudgeSchema,
    begins: plannedTimeSchema,
    proven: plannedTimeSchema.describe('When every cluster is proven to hold it.'),
    ends: plannedTimeSchema.describe(
      'When the next row begins, or the rotation has finished; without the time that people take to answer.',
    ),
    changes: z.array(plannedChangeSchema).describe('What is written where; clusters for which it is the same are one entry.'),
    waves: z.array(plannedWaveSchema),
    resigns: z.int().describe('How often every proxy that is pushed to asks for a new certificate because of it.'),
    intermediates: plannedIntermediatesSchema,
    restarts: plannedRestartsSchema,
    answer: z.string().exactOptional().describe('Whose answer it waits for when it is proven; absent where nobody is asked.'),
    overlapMs: z
      .number()
      .exactOptional()
      .describe('How long both roots stay trusted everywhere before the next row, where the policy asks for it.'),
  })
  .meta({ id: 'PlannedStep', description: 'One row given to every cluster that counts.' });
export type PlannedStep = Read<typeof plannedStepSchema>;

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

export const brokenPairsSchema = z
  .object({
    cluster: z.string(),
    others: z.array(z.string()),
    step: stepSchema.describe('The step whose row breaks them.'),
    from: timestampSchema,
    until: timestampSchema.exactOptional().describe('Absent when nothing on the plan mends it.'),
    refuses: z
      .enum(['cluster', 'others', 'both'])
      .describe("Which side does not trust the other's signer; a handshake fails by either."),
    message: z.string(),
  })
  .meta({ id: 'BrokenPairs', description: 'Pairs that break: one cluster, and those that it cannot speak to.' });
export type BrokenPairs = Read<typeof brokenPairsSchema>;

export const whatIfSchema = z
  .object({
    offline: z.array(z.string()),
    from: timestampSchema,
    until: timestampSchema.exactOptional().describe('Absent: for ever.'),
    outcome: z
      .enum(['stops', 'leaves-behind', 'unaffected'])
      .describe('`stops` until they are back, `leaves-behind` those that are excluded, or is `unaffected`.'),
    message: z.string().describe('One sentence.'),
    stops: z
      .object({
        step: stepSchema,
        wave: z.int().describe('0: no cluster has been told the step yet.'),
        at: timestampSchema,
        until: timestampSchema.exactOptional(),
      })
      .exactOptional()
      .describe('Where the rotation stands still.'),
    excludedAt: timestampSchema.exactOptional().describe('When the policy takes them out of the gates.'),
    ends: z.string().exactOptional().describe('When the rotation ends; absent: never.'),
    endsOtherwise: z.string().exactOptional(),
    consequences: z.array(z.string()),
  })
  .meta({
    id: 'WhatIf',
    description: 'What becomes of a rotation while clusters are offline, when everything takes its likely time.',
  });
export type WhatIf = Read<typeof whatIfSchema>;

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
