import { z } from 'zod';
import { readStored } from './stored-form.ts';

/**
 * What a store of version 1 held, in the words of version 2: every value that is missing gets what was done before it
 * could be said. Nothing here follows the program as it is now: a default that changes later must not change what an
 * old store means.
 */

const oldOptions = z.looseObject({ ttlDays: z.int() });

const oldSpec = z.looseObject({
  root: oldOptions,
  intermediate: oldOptions,
  rotation: z.strictObject({ strategy: z.string(), verification: z.string() }),
});

const oldRecord = z.looseObject({
  generation: z.int(),
  state: z.string(),
  step: z.string(),
  direction: z.enum(['forward', 'back']),
  rotation: z.looseObject({ strategy: z.string(), target: z.string(), failedIn: z.string().optional() }).optional(),
  roots: z.array(z.looseObject({ fingerprint: z.string() })),
  currentRoot: z.string(),
  enteredAtMs: z.int(),
});

type OldRecord = z.infer<typeof oldRecord>;

/**
 * Upgrades the spec of a mesh.
 * @param place names the row in errors
 * @returns JSON
 * @throws RR_STORE_CORRUPT when it is not what version 1 wrote
 */
export function upgradeSpec(json: string, place: string): string {
  const spec = readStored(oldSpec, json, place);
  return JSON.stringify({
    ...spec,
    root: { ...spec.root, graceRatio: 0 },
    intermediate: { ...spec.intermediate, graceRatio: 0 },
    rotation: {
      ...spec.rotation,
      approvals: { by: 'anybody', expireAfterMs: 86_400_000 },
      waves: { canaries: [], size: { kind: 'all' }, soakMs: 0, onFailure: 'stop' },
      stepTimeout: { then: 'hold' },
      silentClusters: { kind: 'wait' },
      requiredEvidence: 'held',
      restarts: 'never',
      minimumOverlapMs: 0,
      minimumRootValidityMs: 0,
      rootKeyRetentionMs: 604_800_000,
      rootGraceRatio: 0,
    },
    maintenanceWindows: [],
  });
}

/**
 * Upgrades the record of a mesh: its row was given to every cluster at once.
 * @param place names the row in errors
 * @param nowMs from when on keys of old roots are counted as retired: version 1 kept them for ever, and nobody has chosen yet
 * @returns JSON
 * @throws RR_STORE_CORRUPT when it is not what version 1 wrote
 */
export function upgradeRecord(json: string, place: string, nowMs: number): string {
  const record = readStored(oldRecord, json, place);
  const { generation, step, direction, rotation, roots, enteredAtMs } = record;
  return JSON.stringify({
    ...record,
    lastGeneration: generation,
    enteredFrom: direction === 'forward' ? 'below' : 'above',
    base: { step: rowBefore(rotation?.strategy, step), generation },
    wave: { index: 1, through: '2', releasedAtMs: enteredAtMs },
    provenAtMs: isProven(record) ? enteredAtMs : undefined,
    rotation: rotation === undefined ? undefined : { ...rotation, approvals: 'anybody', canaries: [] },
    roots: roots.map((root) => ({ ...root, phase: phaseOf(root.fingerprint, record), phaseAtMs: nowMs })),
    ahead: {},
    deviations: {},
  });
}

function rowBefore(strategy: string | undefined, step: string): string {
  if (strategy === 'NONE') return 'PREVIOUS_CA';
  const path = ['PREVIOUS_CA', 'ADDING_NEW_ROOT', 'PROPAGATING_NEW_INTERMEDIATE', 'DELETING_OLD_ROOT'];
  return path[path.indexOf(step) - 1] ?? 'PREVIOUS_CA';
}

/** Where the row was proven, clusters were not told to nudge for it any more, and must not be told to again. */
function isProven({ state, rotation }: OldRecord): boolean {
  const reached = state === 'FAILED' ? rotation?.failedIn : state;
  return ['VERIFYING', 'VERIFIED', 'FINISHED', 'PREVIOUS_CA'].includes(reached ?? '');
}

function phaseOf(fingerprint: string, { currentRoot, rotation, state, step }: OldRecord): string {
  if (fingerprint === currentRoot) return 'active';
  // In the state PREVIOUS_CA, unlike at its row, the rollback is over.
  if (fingerprint !== rotation?.target || state === 'PREVIOUS_CA') return 'retired';
  return step === 'PREVIOUS_CA' || step === 'ADDING_NEW_ROOT' ? 'created' : 'active';
}
