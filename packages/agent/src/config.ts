import { logLevels } from '@reroot/shared/log';
import { z } from 'zod';
import { handshakesSchema } from './handshake/config.ts';
import { adoptions } from './install/plan.ts';
import { kubernetesConfigSchema } from './kubernetes/config.ts';
import { chooseLinkConfig, linkConfigShape } from './link/config.ts';

const count = z.int().min(1).max(10_000);
const durationMs = z.int().min(10).max(2_147_483_647);
/** What it takes to list workloads beyond the reading of the slowest proxy. */
const listingMs = 1_000;

/** What holds for this cluster alone, whatever the mesh says of Vault. */
const vaultSchema = z.strictObject({
  /** The only ones that the agent sends a token to. */
  servers: z
    .array(z.url({ protocol: /^https?$/ }))
    .min(1)
    .max(16)
    .optional(),
  /** Where Vault has its Kubernetes method for this cluster: each one knows one API server. */
  kubernetesMountPath: z
    .string()
    .regex(/^[\w-]+(\/[\w-]+)*$/, 'must be a path of Vault')
    .optional(),
});

/** Configuration of an agent; docs/agent.md says what each key means. */
export const agentConfigSchema = z
  .strictObject({
    ...linkConfigShape,
    timings: z
      .strictObject({
        reportIntervalMs: durationMs.default(10_000),
        probeTimeoutMs: durationMs.default(5_000),
        settleMs: durationMs.default(200),
        renudgeAfterMs: durationMs.default(10_000),
        refusedAfterMs: durationMs.default(120_000),
        requestTimeoutMs: durationMs.default(10_000),
      })
      .prefault({}),
    /** Whether a CA that reroot did not install may be taken over. */
    adoption: z.enum(adoptions).default('never'),
    /** How many owners of workloads are restarted at a time, where the mesh lets workloads be restarted. */
    restarts: z.strictObject({ maxPerNamespace: count.default(1), maxTogether: count.default(5) }).prefault({}),
    /** What the agent may dial when mgmt has it look whether a path between clusters carries. */
    handshakes: handshakesSchema,
    /** How the agent logs in, should mgmt have it obtain its intermediate from Vault. */
    vault: vaultSchema.prefault({}),
    /** How the cluster is reached, and how Istio is installed in it; left out by agents of simulated clusters. */
    kubernetes: kubernetesConfigSchema.optional(),
    /** Where the agent can be asked for its metrics and its health; nowhere when it is left out. */
    monitoring: z
      .strictObject({ host: z.string().min(1).default('127.0.0.1'), port: z.int().min(0).max(65_535).default(9464) })
      .optional(),
    log: z.strictObject({ level: z.enum(logLevels).default('info') }).prefault({}),
  })
  .superRefine(({ timings, kubernetes }, context) => {
    const { evidence = 'none', readTimeoutMs = 0 } = kubernetes?.workloads ?? {};
    const leastMs = readTimeoutMs + listingMs;
    if (evidence === 'none' || timings.requestTimeoutMs >= leastMs) return;
    // Otherwise no workload would be known while one proxy hangs.
    const message = `must be at least ${leastMs}, which is kubernetes.workloads.readTimeoutMs and one second`;
    context.addIssue({ code: 'custom', path: ['timings', 'requestTimeoutMs'], message });
  })
  .transform(({ mesh, cluster, nats, identity, mgmt, join, ...rest }, context) => ({
    ...rest,
    link: chooseLinkConfig({ mesh, cluster, nats, identity, mgmt, join }, context),
  }));

/** A checked configuration, with every default filled in. */
export type AgentConfig = z.infer<typeof agentConfigSchema>;

/** How long things take and how often they happen. */
export type AgentTimings = AgentConfig['timings'];

/** What the agent knows of Vault besides what mgmt says. */
export type AgentVaultConfig = AgentConfig['vault'];
