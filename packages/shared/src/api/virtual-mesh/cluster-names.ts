import { z } from 'zod';
import { nameSchema } from '../request-parts.ts';

/** Names of clusters, each once. */
export function clusterNames(min: number, max: number): z.ZodType<string[], string[]> {
  return z.array(nameSchema).min(min).max(max).superRefine(refuseDuplicates).meta({ uniqueItems: true });
}

function refuseDuplicates(names: readonly string[], context: z.RefinementCtx<readonly string[]>): void {
  const seen = new Set<string>();
  for (const [index, cluster] of names.entries()) {
    if (seen.has(cluster)) context.addIssue({ code: 'custom', path: [index], message: 'a cluster is named twice' });
    seen.add(cluster);
  }
}
