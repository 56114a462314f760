import type { Verdict } from '@reroot/shared/api';
import type { Step } from '@reroot/shared/protocol';
import type { StepFacts } from './decide-step.ts';
import { isOverlap } from './row.ts';
import { meshReasons, waiting } from './verdict.ts';

/** When neither the overlap nor a window holds the row any more; never, where no window is to come. */
export function leavesAtMs({ record, policy, nowMs }: StepFacts, step: Step): number {
  const { window, minimumOverlapMs } = policy;
  const opensAtMs = window.kind === 'open' ? nowMs : (window.opensAtMs ?? Number.POSITIVE_INFINITY);
  return isOverlap(step) ? Math.max(opensAtMs, (record.wave.provenAtMs ?? nowMs) + minimumOverlapMs) : opensAtMs;
}

/** For how long both roots stay trusted still, if they do. @param step the row that would be left */
export function overlapLeft({ record, policy, nowMs }: StepFacts, step: Step): Verdict | undefined {
  const overAtMs = (record.wave.provenAtMs ?? nowMs) + policy.minimumOverlapMs;
  if (!isOverlap(step) || nowMs >= overAtMs) return undefined;
  return waiting(meshReasons.overlapNotElapsed, `both roots stay trusted at ${step} until ${new Date(overAtMs).toISOString()}`);
}

/** What a new row waits for while no window is open. */
export function windowClosed({ policy: { window } }: StepFacts): Verdict | undefined {
  if (window.kind === 'open') return undefined;
  const opens =
    window.opensAtMs === undefined ? 'no window is to come' : `the next opens at ${new Date(window.opensAtMs).toISOString()}`;
  return waiting(meshReasons.maintenanceWindowClosed, `no maintenance window is open, and ${opens}`);
}
