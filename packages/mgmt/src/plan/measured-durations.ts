import type { Step } from '@reroot/shared/protocol';
import type { RotationCondition } from '../rotation/index.ts';

/** How long the waves of a step took to be proven, the last time that it was gone through. */
export interface Measured {
  readonly rotationId: string;
  /** Of each wave, in milliseconds, shortest first. */
  readonly wavesMs: readonly number[];
}

/**
 * What the history says of each step: of the newest rotation in which a wave of it was proven. Waves that were taken back, or
 * are not proven yet, say nothing.
 * @param history oldest first
 */
export function measureDurations(history: readonly RotationCondition[]): ReadonlyMap<Step, Measured> {
  const measured = new Map<Step, Measured>();
  let open: { readonly step: Step; readonly rotationId: string; readonly atMs: number } | undefined;
  for (const { act, step, state, rotationId, atMs } of history) {
    switch (act?.move) {
      case 'release':
      case 'advance':
        if (open !== undefined && act.move === 'release' && open.step === step) note(measured, open, atMs);
        // A rollback is no way forward, and its times are not those of one.
        open = rotationId === undefined || state === 'ROLLING_BACK' ? undefined : { step, rotationId, atMs };
        break;
      case 'prove':
      case 'verify':
        if (open?.step === step && open.rotationId === rotationId) note(measured, open, atMs);
        open = undefined;
        break;
      case 'start':
      case 'stepBack':
      case 'fail':
      case 'abort':
      case 'doubt':
        open = undefined;
        break;
      default:
        break;
    }
  }
  return measured;
}

function note(
  measured: Map<Step, Measured>,
  { step, rotationId, atMs: fromMs }: { readonly step: Step; readonly rotationId: string; readonly atMs: number },
  atMs: number,
): void {
  const before = measured.get(step);
  const others = before?.rotationId === rotationId ? before.wavesMs : [];
  measured.set(step, { rotationId, wavesMs: [...others, Math.max(0, atMs - fromMs)].toSorted((a, b) => a - b) });
}
