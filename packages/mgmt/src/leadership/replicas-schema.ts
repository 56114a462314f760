import { z } from 'zod';

const durationMs = z.int().min(100).max(600_000);
const filled = z.string().min(1);

/** client-go's rules, and the margin that makes them hold: the leader stops before another may begin. */
const leaseSchema = z
  .strictObject({
    name: filled.max(253).default('reroot-mgmt'),
    durationMs: durationMs.min(1_000).multipleOf(1_000, 'must be whole seconds: a Lease has them').default(10_000),
    renewWithinMs: durationMs.default(7_000),
    retryMs: durationMs.default(2_000),
  })
  .refine(({ durationMs: duration, renewWithinMs }) => renewWithinMs < duration, {
    path: ['renewWithinMs'],
    error: 'must be less than durationMs: a leader stops before another may begin',
  })
  .refine(({ renewWithinMs, retryMs }) => retryMs * 1.2 < renewWithinMs, {
    path: ['retryMs'],
    error: 'must be so short that a renewal can be tried again within renewWithinMs',
  });

/** How several replicas of mgmt find out which of them leads, and reach one another; docs/configuration.md says what each key means. */
export const replicasSchema = z.strictObject({
  lease: leaseSchema.prefault({}),
  identity: filled.max(200).optional(),
  advertise: z.url({ protocol: /^https?$/, error: 'must be an address such as https://10.0.0.5:8480' }).optional(),
  caFile: filled.optional(),
  serverName: filled.optional(),
});
export type ReplicasConfig = z.infer<typeof replicasSchema>;

/** What holds where the configuration says nothing of replicas. */
export function replicasOf({ replicas }: { readonly replicas?: ReplicasConfig | undefined }): ReplicasConfig {
  return replicas ?? replicasSchema.parse({});
}
