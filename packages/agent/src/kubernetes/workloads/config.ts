import { z } from 'zod';

/** Configuration of how workloads are looked into; docs/kubernetes.md says what each key means. */
export const workloadsConfigSchema = z.strictObject({
  evidence: z.enum(['port-forward', 'none']).default('port-forward'),
  maxConcurrentReads: z.int().min(1).max(1_000).default(16),
  maxReadsPerSecond: z.int().min(1).max(10_000).default(100),
  rereadAfterMs: z.int().min(1_000).max(86_400_000).default(300_000),
  readTimeoutMs: z.int().min(100).max(8_000).default(3_000),
  sidecarAdminPort: z.int().min(1).max(65_535).default(15_000),
  ztunnelAdminPort: z.int().min(1).max(65_535).default(15_000),
});

/** A checked configuration, with every default filled in. */
export type WorkloadsConfig = z.infer<typeof workloadsConfigSchema>;
