import { isName } from '@reroot/shared/protocol';
import { z } from 'zod';

/** A DNS-1123 label, as meshes and clusters are named. */
export const nameSchema = z.string().refine(isName, 'must be 1 to 63 lower-case letters, digits and hyphens');

/** Names of clusters, each once. */
export function clusterNames(min: number, max: number): z.ZodType<string[], string[]> {
  return z.array(nameSchema).min(min).max(max).superRefine(refuseDuplicates);
}

function refuseDuplicates(names: readonly string[], context: z.RefinementCtx<readonly string[]>): void {
  for (const [index, cluster] of names.entries()) {
    if (names.indexOf(cluster) === index) continue;
    context.addIssue({ code: 'custom', path: [index], message: 'a cluster is named twice' });
  }
}
