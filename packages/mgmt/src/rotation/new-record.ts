import type { RootGeneration, RotationRecord } from './record.ts';
import { wholeWave } from './wave.ts';

/** A root as it is made, before a record names it. */
export type NewRoot = Pick<RootGeneration, 'fingerprint' | 'notBeforeMs' | 'notAfterMs'>;

/** The record of a mesh that has never rotated. */
export function newRecord(mesh: string, root: NewRoot, nowMs: number): RotationRecord {
  return {
    mesh,
    generation: 1,
    lastGeneration: 1,
    state: 'NOT_ROTATING',
    step: 'PREVIOUS_CA',
    direction: 'forward',
    enteredFrom: 'below',
    base: { step: 'PREVIOUS_CA', generation: 1 },
    wave: wholeWave(nowMs),
    provenAtMs: undefined,
    answer: undefined,
    rotation: undefined,
    roots: [{ ...root, phase: 'active', phaseAtMs: nowMs }],
    currentRoot: root.fingerprint,
    ahead: {},
    deviations: {},
    enteredAtMs: nowMs,
  };
}
