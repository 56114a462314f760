import type { State, Strategy, Verification } from '@reroot/shared/api';
import { errorMessage, RerootError } from '@reroot/shared/errors';
import type { Step } from '@reroot/shared/protocol';
import { z } from 'zod';
import type { MeshSpec } from '../mesh/index.ts';
import type { RotationCondition, RotationRecord } from '../rotation/index.ts';

const fingerprint = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().nonnegative();

const step = z.enum([
  'PREVIOUS_CA',
  'ADDING_NEW_ROOT',
  'PROPAGATING_NEW_INTERMEDIATE',
  'DELETING_OLD_ROOT',
]) satisfies z.ZodType<Step>;
const state = z.enum([
  'NOT_ROTATING',
  ...step.options,
  'VERIFYING',
  'VERIFIED',
  'ROLLING_BACK',
  'FINISHED',
  'FAILED',
]) satisfies z.ZodType<State>;
const strategy = z.enum(['MULTI_ROOT', 'NONE']) satisfies z.ZodType<Strategy>;
const verification = z.enum(['none', 'manual']) satisfies z.ZodType<Verification>;

/** JSON leaves out what is undefined; the types ask for it to be said. */
const rotation = z
  .strictObject({
    id: z.string().min(1),
    strategy,
    verification,
    old: fingerprint,
    target: fingerprint,
    startedBy: z.string(),
    startedAtMs: count,
    failedIn: state.optional(),
  })
  .transform(({ failedIn, ...rest }) => ({ ...rest, failedIn }));

const recordSchema: z.ZodType<RotationRecord> = z
  .strictObject({
    mesh: z.string().min(1),
    generation: z.int().positive(),
    state,
    step,
    direction: z.enum(['forward', 'back']),
    rotation: rotation.optional(),
    roots: z.array(z.strictObject({ fingerprint, notBeforeMs: z.int(), notAfterMs: z.int() })).min(1),
    currentRoot: fingerprint,
    enteredAtMs: count,
  })
  .transform(({ rotation, ...rest }) => ({ ...rest, rotation }))
  .refine(namesKnownRoots, 'names a root that is not among its roots');

function namesKnownRoots({ roots, currentRoot, rotation }: Pick<RotationRecord, 'roots' | 'currentRoot' | 'rotation'>): boolean {
  const known = new Set(roots.map(({ fingerprint }) => fingerprint));
  const named = [currentRoot, ...(rotation === undefined ? [] : [rotation.old, rotation.target])];
  return named.every((fingerprint) => known.has(fingerprint));
}

const certOptions = z.strictObject({
  ttlDays: z.int().positive(),
  organization: z.string().min(1),
  keyAlgorithm: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('rsa'), bits: z.literal([2048, 3072, 4096]) }),
    z.strictObject({ kind: z.literal('ecdsa'), curve: z.enum(['P-256', 'P-384']) }),
  ]),
});

const specSchema: z.ZodType<MeshSpec> = z.strictObject({
  mesh: z.string().min(1),
  clusters: z.array(z.string().min(1)).min(1),
  trustDomain: z.string().min(1),
  root: certOptions,
  intermediate: certOptions,
  rotation: z.strictObject({ strategy, verification }),
});

const conditionSchema: z.ZodType<RotationCondition> = z
  .strictObject({
    atMs: count,
    state,
    step,
    rotationId: z.string().optional(),
    generation: z.int().positive(),
    message: z.string(),
    errors: z.array(z.string()),
  })
  .transform(({ rotationId, ...rest }) => ({ ...rest, rotationId }));

/** What is stored as JSON, with how it is read back. */
export const storedForms = {
  record: recordSchema,
  spec: specSchema,
  condition: conditionSchema,
  chain: z.array(z.string().min(1)).min(1) satisfies z.ZodType<readonly string[]>,
} as const;

/**
 * Reads what was stored as JSON.
 * @param place names the row in errors
 * @throws RR_STORE_CORRUPT when it is not what reroot writes
 */
export function readStored<T>(schema: z.ZodType<T>, json: unknown, place: string): T {
  try {
    return schema.parse(JSON.parse(z.string().parse(json)));
  } catch (cause) {
    const why = cause instanceof z.ZodError ? firstIssue(cause) : errorMessage(cause);
    throw new RerootError('RR_STORE_CORRUPT', `what is stored makes no sense: ${why}`, { place, cause });
  }
}

function firstIssue({ issues }: z.ZodError): string {
  const issue = issues[0];
  return issue === undefined ? 'unknown' : `${issue.path.join('.')}: ${issue.message}`;
}
