import { logLevels } from '@reroot/shared/log';
import { isName } from '@reroot/shared/protocol';
import { z } from 'zod';
import { apiConfigSchema } from './api/index.ts';
import { passphraseSourceSchema, secretsSchema } from './authorities/index.ts';
import { natsSchema } from './enrolment/index.ts';
import { limitsSchema } from './fleet/index.ts';
import { replicasSchema } from './leadership/index.ts';
import { notificationsSchema } from './notify/index.ts';
import { resourcesConfigSchema } from './resources/index.ts';
import { storeConfigSchema } from './store/index.ts';
import { verificationSchema } from './verification/index.ts';

const path = z.string().min(1);
const durationMs = z.int().min(10).max(2_147_483_647);

/** Configuration of mgmt; docs/configuration.md says what each key means. */
export const mgmtConfigSchema = z
  .strictObject({
    /** Empty where nothing needs a disk. */
    dataDir: path.default(''),
    store: storeConfigSchema,
    nats: natsSchema,
    api: apiConfigSchema.prefault({}),
    identity: z.strictObject({ privateKeyFile: path, nextPrivateKeyFile: path.optional() }),
    limits: limitsSchema,
    keyStore: passphraseSourceSchema,
    secrets: secretsSchema.optional(),
    clusters: z
      .record(
        z.string().refine(isName, 'must be 1 to 63 lower-case letters, digits and hyphens'),
        z.strictObject({ publicKey: z.string().min(1) }),
      )
      .default({})
      .superRefine(refuseSharedKeys),
    timings: z
      .strictObject({
        resyncMs: durationMs.default(10_000),
        silentAfterMs: durationMs.default(35_000),
        tickMs: durationMs.default(1_000),
        driftAfterMs: durationMs.default(180_000),
        finishedHoldMs: z.int().min(0).max(31_536_000_000).default(86_400_000),
      })
      .prefault({}),
    /** The custom resources of Kubernetes; none are looked at without it. */
    resources: resourcesConfigSchema.optional(),
    verification: verificationSchema.prefault({}),
    /** With `store.kind: kubernetes` alone. */
    replicas: replicasSchema.optional(),
    metrics: z.strictObject({ clusterSeries: z.int().min(0).max(2_000).default(100) }).prefault({}),
    /** `stdout`, or a file: the entries of the journal as lines of JSON. */
    audit: z.strictObject({ log: path.optional() }).prefault({}),
    notifications: notificationsSchema.prefault({}),
    log: z.strictObject({ level: z.enum(logLevels).default('info') }).prefault({}),
  })
  .refine(({ dataDir, store }) => dataDir !== '' || store.kind !== 'sqlite', {
    path: ['dataDir'],
    message: 'is missing: the store is a file in it',
  })
  .superRefine(refuseReplicasOfFile);

export type MgmtConfig = z.infer<typeof mgmtConfigSchema>;

/** With one key for two clusters, either agent could speak for the other. */
function refuseSharedKeys(
  clusters: Readonly<Record<string, { readonly publicKey: string }>>,
  context: z.RefinementCtx<Readonly<Record<string, { readonly publicKey: string }>>>,
): void {
  const owners = new Map<string, string>();
  for (const [cluster, { publicKey }] of Object.entries(clusters)) {
    const key = publicKey.replace(/\s/g, '');
    const owner = owners.get(key);
    if (owner !== undefined) {
      context.addIssue({ code: 'custom', path: [cluster, 'publicKey'], message: `is the key of cluster ${owner} too` });
    }
    owners.set(key, cluster);
  }
}

/** A file in `dataDir` has one mgmt: what says how several contend would count for nothing. */
function refuseReplicasOfFile(
  { store, replicas }: { readonly store: { readonly kind: string }; readonly replicas?: unknown },
  context: z.RefinementCtx,
): void {
  if (replicas === undefined || store.kind === 'kubernetes') return;
  context.addIssue({
    code: 'custom',
    path: ['replicas'],
    message: 'needs store.kind: kubernetes; a store in dataDir has one mgmt',
  });
}
