import { z } from 'zod';

const filled = z.string().min(1);

/** Where the custom resources are; docs/resources.md says what each key means. */
export const resourcesConfigSchema = z.strictObject({
  kubernetes: z
    .strictObject({
      namespace: filled.default('reroot'),
      kubeconfigFile: filled.optional(),
      context: filled.optional(),
    })
    .prefault({}),
  /** Whether a policy of admission sees to it that `requestedBy` is who writes. */
  names: z.enum(['claimed', 'verified']).default('claimed'),
  writesPerSecond: z.int().min(1).max(500).default(25),
});
export type ResourcesConfig = z.infer<typeof resourcesConfigSchema>;
