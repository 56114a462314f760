import { logLevels } from '@reroot/shared/log';
import { isName } from '@reroot/shared/protocol';
import { z } from 'zod';

const name = z.string().refine(isName, 'must be 1 to 63 lower-case letters, digits and hyphens');
const durationMs = z.number().min(0).max(2_147_483_647);

/** One simulated cluster. */
const clusterSchema = z.strictObject({
  name,
  /** How many istiods. */
  replicas: z.int().min(1).max(20).default(2),
  /** How many workloads, over all namespaces. */
  workloads: z.int().min(1).max(1_000).default(4),
  namespaces: z.array(name).min(1).default(['default', 'payments']),
  istio: z
    .strictObject({
      /** ISTIO_MULTIROOT_MESH */
      multiRoot: z.boolean().default(true),
      /** How istiod compares bundles: by certificates, or by bytes as up to 1.29. */
      byteRule: z.enum(['superset-or-subset', 'bytes-contained']).default('superset-or-subset'),
      /** PROXY_CONFIG_XDS_AGENT */
      xdsAgent: z.boolean().default(true),
    })
    .prefault({}),
  /** From the change of the Secret to the change of a replica's volume: least and most. */
  volumeDelayMs: z
    .tuple([durationMs, durationMs])
    .refine(([least, most]) => least <= most, 'the least must not exceed the most')
    .default([500, 3_000]),
  /** The CA that istiod has before reroot comes. */
  ca: z
    .discriminatedUnion('kind', [
      /** None: istiod waits for `cacerts`. */
      z.strictObject({ kind: z.literal('none') }),
      /** istiod has made itself a root, in `istio-ca-secret`. */
      z.strictObject({ kind: z.literal('self-made') }),
      /** Somebody has plugged in an intermediate; clusters that name one root have it in common. */
      z.strictObject({ kind: z.literal('plugged-in'), root: name, by: z.enum(['somebody', 'reroot']).default('somebody') }),
    ])
    .default({ kind: 'none' }),
  /** How long a leaf lives; proxies renew it when half of that is over. */
  leafTtlMs: durationMs.min(5_000).default(86_400_000),
});

/** Configuration of a simulated fleet; docs/simulator.md says what each key means. */
export const fleetConfigSchema = z.strictObject({
  clusters: z
    .array(clusterSchema)
    .min(1)
    .refine((clusters) => new Set(clusters.map((each) => each.name)).size === clusters.length, 'two clusters have one name'),
  trustDomain: z.string().min(1).default('cluster.local'),
  traffic: z
    .strictObject({
      ratePerSecond: z.number().min(0).max(2_000).default(100),
      /** Between all clusters at once, or between two of them from the moment on when all their workloads trust each other. */
      between: z.enum(['all', 'trusting']).default('all'),
    })
    .prefault({}),
  /** The same seed gives the same delays and choices. */
  seed: z.int().default(1),
  /** Of the control interface on 127.0.0.1; 0 takes a free one. */
  port: z.int().min(0).max(65_535).default(0),
  log: z.strictObject({ level: z.enum(logLevels).default('info') }).prefault({}),
});

/** A checked configuration, with every default filled in. */
export type FleetConfig = z.infer<typeof fleetConfigSchema>;

/** What one cluster is to be. */
export type ClusterPlan = FleetConfig['clusters'][number];
