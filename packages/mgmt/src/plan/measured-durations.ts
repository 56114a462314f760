import type { Step } from '@reroot/shared/protocol';
import type { Rotation, RotationCondition } from '../rotation/index.ts';

/** How long the waves of a step took to be proven, the last time that it was gone through. */
export interface Measured {
  readonly rotationId: string;
  /** Of each wave, in milliseconds, shortest first. */
  readonly wavesMs: readonly number[];
}

/** How a rotation goes, as far as the times of its waves depend on it. */
type Kind = Pick<Rotation, 'strategy' | 'emergency'>;

/**
 * What the history says of each step: of the newest rotation of the same kind in which a wave of it was proven. Waves that were
 * taken back, or are not proven yet, say nothing, and neither does a rotation of whose start the history knows nothing.
 * @param history oldest first
 * @param kind of the rotation that is planned
 */
export function measureDurations(history: readonly RotationCondition[], kind: Kind | undefined): ReadonlyMap<Step, Measured> {
  const measured = new Map<Step, Measured>();
  const alike = rotationsLike(history, kind);
  let open: { readonly step: Step; readonly rotationId: string; readonly atMs: number } | undefined;
  for (const { act, step, state, rotationId, atMs } of history) {
    switch (act?.move) {
      case 'release':
      case 'advance':
        if (open !== undefined && act.move === 'release' && open.step === step) note(measured, open, atMs);
        // A rollback is no way forward, and its times are not those of one.
        open =
          rotationId === undefined || !alike.has(rotationId) || state === 'ROLLING_BACK' ? undefined : { step, rotationId, atMs };
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

/** A leap of strategy NONE restarts every istiod, and an emergency more than the policy does: their times are not those of others. */
function rotationsLike(history: readonly RotationCondition[], kind: Kind | undefined): ReadonlySet<string> {
  const kindOf = ({ strategy, emergency }: Kind): string => `${strategy} ${emergency === undefined ? 'usual' : 'emergency'}`;
  const started = history.flatMap(({ act }) => (act?.move === 'start' ? [act.rotation] : []));
  return new Set(started.filter((each) => kind !== undefined && kindOf(each) === kindOf(kind)).map(({ id }) => id));
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
