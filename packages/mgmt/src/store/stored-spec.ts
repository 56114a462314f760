import type { Strategy, Verification } from '@reroot/shared/api';
import type { IntermediateSource } from '@reroot/shared/protocol';
import { z } from 'zod';
import type { MeshSpec, RootSource } from '../mesh/index.ts';

import { type AutomaticPolicy, defaultRotationPolicy, type RotationPolicy } from '../rotation/index.ts';
import { objectRefSchema, vaultAccessFields, vaultCaSchema } from './stored-custody.ts';

const durationMs = z.int().nonnegative();
const ratio = z.number().min(0).lt(1);
const names = z.array(z.string().min(1));

export const strategySchema = z.enum(['MULTI_ROOT', 'NONE']) satisfies z.ZodType<Strategy>;
export const verificationSchema = z.enum(['none', 'manual', 'automatic']) satisfies z.ZodType<Verification>;

const certOptions = z.strictObject({
  ttlDays: z.int().positive(),
  organization: z.string().min(1),
  keyAlgorithm: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('rsa'), bits: z.literal([2048, 3072, 4096]) }),
    z.strictObject({ kind: z.literal('ecdsa'), curve: z.enum(['P-256', 'P-384']) }),
  ]),
  graceRatio: ratio,
});

const waves = z.strictObject({
  canaries: names,
  size: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('all') }),
    z.strictObject({ kind: z.literal('count'), clusters: z.int().positive() }),
    z.strictObject({ kind: z.literal('share'), percent: z.int().min(1).max(100) }),
  ]),
  soakMs: durationMs,
  onFailure: z.enum(['stop', 'continue']),
});

/** JSON leaves out what is undefined; the type asks for it to be said. */
const stepTimeout = z
  .strictObject({ afterMs: durationMs.optional(), then: z.enum(['hold', 'rollback']) })
  .transform(({ afterMs, then }) => ({ afterMs, then }));

const automatic: z.ZodType<AutomaticPolicy> = z.strictObject({
  soakMs: durationMs,
  timeoutMs: durationMs,
  onFailure: z.enum(['hold', 'rollback']),
  handshakes: z.enum(['sampled', 'all-pairs', 'off']),
  negativeProof: z.enum(['where-possible', 'required', 'off']),
  pathProbes: z.array(z.strictObject({ clusters: names, address: z.string().min(1), serverName: z.string().min(1) })),
  checks: z.array(
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('webhook'), name: z.string().min(1), url: z.string().min(1), timeoutMs: durationMs }),
      z.strictObject({
        kind: z.literal('prometheus'),
        name: z.string().min(1),
        url: z.string().min(1),
        query: z.string().min(1),
        limit: z.discriminatedUnion('kind', [
          z.strictObject({ kind: z.literal('max'), max: z.number() }),
          z.strictObject({ kind: z.literal('baseline'), ratio: z.number().nonnegative(), tolerance: z.number().nonnegative() }),
        ]),
        forMs: durationMs,
        noData: z.enum(['fail', 'pass']),
      }),
    ]),
  ),
});

const emergencyPolicy: z.ZodType<RotationPolicy['emergency']> = z.strictObject({
  restarts: z.enum(['never', 'when-refused']),
  workloadRestarts: z.enum(['never', 'when-needed']),
});

const rotationPolicy: z.ZodType<RotationPolicy> = z.strictObject({
  strategy: strategySchema,
  verification: verificationSchema,
  automatic: automatic.exactOptional(),
  approvals: z.strictObject({ by: z.enum(['anybody', 'another-person']), expireAfterMs: durationMs }),
  waves,
  stepTimeout,
  silentClusters: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('wait') }),
    z.strictObject({ kind: z.literal('exclude'), afterMs: durationMs }),
  ]),
  requiredEvidence: z.enum(['written', 'loaded', 'published', 'held']),
  restarts: z.enum(['never', 'when-refused', 'always']),
  workloadRestarts: z.enum(['never', 'when-needed']),
  /** Absent in what was stored before there was a choice. */
  drift: z.enum(['reapply', 'report']).default('reapply'),
  minimumOverlapMs: durationMs,
  minimumRootValidityMs: durationMs,
  rootKeyRetentionMs: durationMs,
  rootGraceRatio: ratio,
  // What was stored before there was such a policy means what it says when it is left out.
  emergency: emergencyPolicy.optional().transform((stored) => stored ?? defaultRotationPolicy.emergency),
});

const rootSource: z.ZodType<RootSource> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('generated') }),
  z.strictObject({ kind: z.literal('secret'), secret: objectRefSchema }),
  z.strictObject({
    kind: z.literal('vault'),
    vault: z.strictObject({ ...vaultAccessFields, mount: z.string().min(1), issuer: z.string() }),
  }),
]);

const intermediateSource: z.ZodType<IntermediateSource> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('mgmt') }),
  z.strictObject({
    kind: z.literal('vault'),
    vault: vaultCaSchema,
  }),
]);

/** A spec as it is stored. */
export const specSchema: z.ZodType<MeshSpec> = z.strictObject({
  mesh: z.string().min(1),
  clusters: names.min(1),
  trustDomain: z.string().min(1),
  rootSource,
  root: certOptions,
  intermediateSource,
  intermediate: certOptions,
  rotation: rotationPolicy,
  maintenanceWindows: z.array(z.strictObject({ cron: z.string().min(1), durationMs, timeZone: z.string().min(1) })),
});
