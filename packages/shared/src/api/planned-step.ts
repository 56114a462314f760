import { z } from 'zod';
import type { Read } from './read.ts';
import { nudgeSchema, stepSchema, timestampSchema } from './vocabulary.ts';

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
