import type { RootPhase } from '@reroot/shared/api';
import type { RootGeneration, Rotation, RotationRecord } from './record.ts';
import { rowAfter, rowBefore } from './row.ts';

/** How many roots whose keys are gone a record still names. */
const rememberedRoots = 8;

/** Gives a root its next phase, from now on. */
export function changePhase(
  roots: readonly RootGeneration[],
  fingerprint: string,
  phase: RootPhase,
  nowMs: number,
): readonly RootGeneration[] {
  return roots.map((root) =>
    root.fingerprint === fingerprint && root.phase !== phase ? { ...root, phase, phaseAtMs: nowMs } : root,
  );
}

/** The roots that a rotation takes out of force; of an adoption, all that the adopted clusters came with. */
export function oldRootsOf({ old, alsoOld = [], target }: Rotation): readonly string[] {
  return [old, ...alsoOld].filter((root) => root !== target);
}

/** The old roots that nobody is to trust any more: on the way forward, once the row in force is the last one. */
export function goneRootsOf({ rotation, direction, step }: RotationRecord): readonly string[] {
  const isLast = rotation !== undefined && direction === 'forward' && rowAfter(rotation.strategy, step) === undefined;
  return isLast ? oldRootsOf(rotation) : [];
}

/** The root that a rotation brings; none where clusters come to the root that the mesh is on already. */
export function newRootsOf({ old, target }: Rotation): readonly string[] {
  return target === old ? [] : [target];
}

/** Takes roots out of force. One whose key is gone stays as it is, and so does one that never was in force. */
export function retire(
  roots: readonly RootGeneration[],
  fingerprints: readonly string[],
  nowMs: number,
): readonly RootGeneration[] {
  const leaving = roots.filter(({ fingerprint, phase }) => phase !== 'destroyed' && fingerprints.includes(fingerprint));
  return leaving.reduce((left, { fingerprint }) => changePhase(left, fingerprint, 'retired', nowMs), roots);
}

/** Forgets the oldest of the roots whose keys are gone, but none that a row still names. */
export function dropUnused(record: RotationRecord): RotationRecord {
  const { roots, rotation, currentRoot, deviations } = record;
  const told = Object.values(deviations).flatMap(({ told }) => told?.row.roots ?? []);
  const used = new Set([currentRoot, ...namedBy(rotation), ...told]);
  const gone = roots.filter(({ fingerprint, phase }) => phase === 'destroyed' && !used.has(fingerprint));
  const forgotten = new Set(gone.slice(0, Math.max(0, gone.length - rememberedRoots)));
  return { ...record, roots: roots.filter((root) => !forgotten.has(root)) };
}

/**
 * The first retired root whose key has been kept for as long as the policy says. A root that any cluster may still be
 * asked to sign with is in use, whatever its phase.
 */
export function findSpentRoot(record: RotationRecord, retentionMs: number, nowMs: number): RootGeneration | undefined {
  const { rotation, state, currentRoot, deviations } = record;
  const told = Object.values(deviations).map(({ told }) => told?.row.signer);
  // One that is told nothing may hold a leaf of any of them, and need its signer to come back.
  if (told.includes(undefined)) return undefined;
  const origins = state === 'PREVIOUS_CA' ? Object.values(rotation?.origins ?? {}).map(({ signer }) => signer) : [];
  const rotating = state === 'FINISHED' || state === 'PREVIOUS_CA' ? origins : namedBy(rotation);
  const used = new Set([currentRoot, ...rotating, ...told]);
  return record.roots.find(
    ({ fingerprint, phase, phaseAtMs, source }) =>
      // Nobody here has the key of a foreign one.
      phase === 'retired' && source !== 'foreign' && !used.has(fingerprint) && nowMs - phaseAtMs >= retentionMs,
  );
}

/** Every root that a rotation names. */
function namedBy(rotation: Rotation | undefined): readonly string[] {
  return rotation === undefined ? [] : [rotation.old, ...(rotation.alsoOld ?? []), rotation.target];
}

/** Why the row before must not be gone back to: what would sign there is no longer valid. Undefined where nothing objects. */
export function objectToRollback({ rotation, roots, step }: RotationRecord, nowMs: number): string | undefined {
  const before = rotation === undefined ? undefined : rowBefore(rotation.strategy, step);
  if (before === undefined || before === 'PROPAGATING_NEW_INTERMEDIATE') return undefined;
  const signers = [rotation?.old, ...Object.values(rotation?.origins ?? {}).map(({ signer }) => signer)];
  const old = roots.find(({ fingerprint, notAfterMs }) => signers.includes(fingerprint) && nowMs >= notAfterMs);
  if (old === undefined) return undefined;
  return `the old root ${old.fingerprint} expired at ${new Date(old.notAfterMs).toISOString()}`;
}

/** Whether a root may be rotated to: its key is there, and it is valid for long enough. Gives the reason why not. */
export function objectToRoot(
  { phase, notBeforeMs, notAfterMs }: Pick<RootGeneration, 'phase' | 'notBeforeMs' | 'notAfterMs'>,
  minimumValidityMs: number,
  nowMs: number,
): string | undefined {
  if (phase === 'destroyed') return 'has no private key any more';
  if (nowMs < notBeforeMs) return `is not valid before ${new Date(notBeforeMs).toISOString()}`;
  if (nowMs >= notAfterMs) return `expired at ${new Date(notAfterMs).toISOString()}`;
  if (notAfterMs - nowMs >= minimumValidityMs) return undefined;
  return `expires at ${new Date(notAfterMs).toISOString()}, and the policy asks for ${describeSpan(minimumValidityMs)} of validity`;
}

function describeSpan(ms: number): string {
  const hours = ms / 3_600_000;
  return hours < 48 ? `${Math.round(hours * 10) / 10} h` : `${Math.round(hours / 2.4) / 10} days`;
}
