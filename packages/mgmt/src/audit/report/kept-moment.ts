import { preflightReportSchema, rotationPlanSchema } from '@reroot/shared/api-contract';
import { z } from 'zod';
import type { PackFacts } from '../pack-facts.ts';

const tally = z.object({ reached: z.int(), total: z.int() });

const clusterSchema = z.object({
  cluster: z.string(),
  membership: z.string(),
  excludedBy: z.string().optional(),
  excludedBecause: z.string().optional(),
  replicas: tally,
  namespaces: tally,
  workloads: tally,
  signerRoot: z.string().optional(),
  agentVersion: z.string().optional(),
  istiods: z.array(z.object({ name: z.string(), version: z.string(), revision: z.string() })).optional(),
});

/** A cluster as it was kept. */
export type KeptCluster = z.infer<typeof clusterSchema>;

/** What the report shows of the evidence that was kept when a rotation started or a step passed. What came later is optional. */
const momentSchema = z.object({
  at: z.iso.datetime(),
  move: z.string(),
  step: z.string(),
  generation: z.int(),
  mgmtVersion: z.string().optional(),
  matrix: z.object({
    counts: z.object({ green: z.int(), red: z.int(), unknown: z.int() }),
    notGreen: z.array(
      z.object({
        state: z.string(),
        from: z.string().optional(),
        ofClusters: z.int().optional(),
        to: z.string().optional(),
        inClusters: z.int().optional(),
      }),
    ),
    classCount: z.int().optional(),
    classes: z.array(z.array(z.string())).optional(),
    cells: z.array(z.string()).optional(),
  }),
  clusters: z.array(clusterSchema),
  // What a later or an earlier mgmt has written otherwise is shown by its file alone.
  preflight: preflightReportSchema.optional().catch(undefined),
  plan: rotationPlanSchema.optional().catch(undefined),
  planMissing: z.string().optional(),
});

/** A moment of a rotation, as it was kept then. */
export type KeptMoment = z.infer<typeof momentSchema> & { readonly seq: number };

/** What was kept of the rotation. */
export interface KeptMoments {
  /** Undefined for a rotation that started before this was kept. */
  readonly start: KeptMoment | undefined;
  /** When its steps passed, oldest first. */
  readonly steps: readonly KeptMoment[];
}

/** Reads what was kept. */
export function readMoments({ steps }: Pick<PackFacts, 'steps'>): KeptMoments {
  const all = steps.map(({ seq, evidence }): KeptMoment => ({ seq, ...momentSchema.parse(JSON.parse(evidence)) }));
  return { start: all.find(({ move }) => move === 'start'), steps: all.filter(({ move }) => move !== 'start') };
}
