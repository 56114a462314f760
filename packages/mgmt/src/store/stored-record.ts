import type { RootPhase, State } from '@reroot/shared/api';
import type { Nudge, Step } from '@reroot/shared/protocol';
import { z } from 'zod';
import type { Origin, RootGeneration, Rotation, RotationRecord, TrustRow, Wave } from '../rotation/index.ts';
import { emergencySchema } from './stored-emergency.ts';
import { strategySchema, verificationSchema } from './stored-spec.ts';

const fingerprint = z.string().regex(/^[0-9a-f]{64}$/);
const moment = z.int().nonnegative();
const nudge = z.enum(['laggards', 'when-loaded']) satisfies z.ZodType<Nudge>;
const rootPhase = z.enum(['created', 'active', 'retired', 'destroyed']) satisfies z.ZodType<RootPhase>;

export const generationSchema = z.int().positive();
export const clusterSchema = z.string().min(1);
export const fingerprintSchema = fingerprint;

export const stepSchema = z.enum([
  'PREVIOUS_CA',
  'ADDING_NEW_ROOT',
  'PROPAGATING_NEW_INTERMEDIATE',
  'DELETING_OLD_ROOT',
]) satisfies z.ZodType<Step>;

export const stateSchema = z.enum([
  'NOT_ROTATING',
  ...stepSchema.options,
  'VERIFYING',
  'VERIFIED',
  'ROLLING_BACK',
  'FINISHED',
  'FAILED',
]) satisfies z.ZodType<State>;

const originSchema: z.ZodType<Origin> = z.strictObject({ roots: z.array(fingerprint).min(1), signer: fingerprint });

/** JSON leaves out what is undefined; the types ask for it to be said, here and below. */
export const rotationSchema: z.ZodType<Rotation> = z
  .strictObject({
    id: z.string().min(1),
    strategy: strategySchema,
    verification: verificationSchema,
    approvals: z.enum(['anybody', 'another-person']),
    canaries: z.array(clusterSchema),
    old: fingerprint,
    target: fingerprint,
    origins: z.record(z.string().min(1), originSchema).exactOptional(),
    alsoOld: z.array(fingerprint).exactOptional(),
    startedBy: z.string(),
    startedAtMs: moment,
    emergency: emergencySchema.exactOptional(),
    failedIn: stateSchema.optional(),
    failedBecause: z.string().optional(),
  })
  .transform(({ failedIn, failedBecause, ...rest }) => ({ ...rest, failedIn, failedBecause }));

export const waveSchema: z.ZodType<Wave> = z
  .strictObject({
    index: z.int().nonnegative(),
    through: z.string(),
    releasedAtMs: moment,
    provenAtMs: moment.optional(),
  })
  .transform(({ provenAtMs, ...rest }) => ({ ...rest, provenAtMs }));

export const rootSchema: z.ZodType<RootGeneration> = z.strictObject({
  fingerprint,
  notBeforeMs: z.int(),
  notAfterMs: z.int(),
  phase: rootPhase,
  phaseAtMs: moment,
  source: z.literal('foreign').exactOptional(),
});

/** A row names any root: an excluded cluster may hold some that the record has long forgotten. */
export const rowSchema: z.ZodType<TrustRow> = z.strictObject({
  step: stepSchema,
  roots: z.array(fingerprint).min(1),
  signer: fingerprint,
  nudge,
});

export const causeSchema = z.enum(['operator', 'silence', 'joined']);

const deviation = z
  .strictObject({
    kind: z.enum(['excluded', 'returning']),
    cause: causeSchema,
    by: z.string(),
    why: z.string(),
    sinceMs: moment,
    told: z.strictObject({ row: rowSchema, generation: generationSchema }).optional(),
  })
  .transform(({ told, ...rest }) => ({ ...rest, told }));

/** A record as it is stored. */
export const recordSchema: z.ZodType<RotationRecord> = z
  .strictObject({
    mesh: z.string().min(1),
    generation: generationSchema,
    lastGeneration: generationSchema,
    state: stateSchema,
    step: stepSchema,
    direction: z.enum(['forward', 'back']),
    enteredFrom: z.enum(['below', 'above']),
    base: z.strictObject({ step: stepSchema, generation: generationSchema }),
    wave: waveSchema,
    provenAtMs: moment.optional(),
    answer: z.strictObject({ generation: generationSchema, by: z.string(), atMs: moment }).optional(),
    rotation: rotationSchema.optional(),
    roots: z.array(rootSchema).min(1),
    currentRoot: fingerprint,
    ahead: z.record(clusterSchema, generationSchema),
    deviations: z.record(clusterSchema, deviation),
    enteredAtMs: moment,
    restored: z.strictObject({ atMs: moment }).exactOptional(),
  })
  .transform(({ provenAtMs, answer, rotation, ...rest }) => ({ ...rest, provenAtMs, answer, rotation }))
  .refine(namesKnownRoots, 'names a root that is not among its roots');

function namesKnownRoots({ roots, currentRoot, rotation }: Pick<RotationRecord, 'roots' | 'currentRoot' | 'rotation'>): boolean {
  const known = new Set(roots.map(({ fingerprint }) => fingerprint));
  const named = [currentRoot, ...(rotation === undefined ? [] : [rotation.old, ...(rotation.alsoOld ?? []), rotation.target])];
  return named.every((fingerprint) => known.has(fingerprint));
}
