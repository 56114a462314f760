import { z } from 'zod';
import { workloadsConfigSchema } from './workloads/config.ts';

const objectName = z.string().regex(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/, 'must be a name of Kubernetes');
const namespaceName = z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, 'must be a name of a namespace');
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** Istio's own settings, where an installation differs from the usual one. */
const istioSchema = z.strictObject({
  namespaces: z.array(namespaceName).min(1).max(16).default(['istio-system']),
  clusterId: z.string().min(1).max(253).optional(),
  trustBundle: z.enum(['config-map', 'cluster-trust-bundle']).default('config-map'),
  rootConfigMap: objectName.default('istio-ca-root-cert'),
  namespaceSelector: z.string().min(1).max(1000).optional(),
});

/** How replicas are asked for a certificate. Kubernetes gives no token that lives for less than ten minutes. */
const probeSchema = z.strictObject({
  port: z.int().min(1).max(65_535).default(15_012),
  intervalMs: z.int().min(10).max(minuteMs).default(250),
  validityMs: z
    .int()
    .min(minuteMs)
    .max(dayMs)
    .default(10 * minuteMs),
  tokenLifetimeMs: z
    .int()
    .min(10 * minuteMs)
    .max(dayMs)
    .default(60 * minuteMs),
});

/** The part of an agent's configuration that is about its Kubernetes cluster; docs/kubernetes.md says what each key means. */
export const kubernetesConfigSchema = z.strictObject({
  kubeconfigFile: z.string().min(1).optional(),
  context: z.string().min(1).optional(),
  istio: istioSchema.prefault({}),
  serviceAccount: z.strictObject({ namespace: namespaceName, name: objectName }).optional(),
  probe: probeSchema.prefault({}),
  /** Of the tokens that are made to log in to Vault with; left out: the API server's own. */
  vaultTokenAudience: z.string().min(1).max(253).optional(),
  /** Whether the agent writes Events beside the `cacerts` Secret. */
  events: z.enum(['write', 'none']).default('write'),
  workloads: workloadsConfigSchema.prefault({}),
});

/** A checked configuration, with every default filled in. */
export type KubernetesConfig = z.infer<typeof kubernetesConfigSchema>;
