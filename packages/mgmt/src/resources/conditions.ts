import type { ResourceCondition } from '@reroot/shared/resources';
import { timestamp } from '../api/index.ts';

/** A condition before it is known since when it holds. */
export interface Finding {
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  /** Stable code. */
  readonly reason: string;
  readonly message: string;
}

/** What `kubectl wait` and people see: each finding, and since when its status is what it is. Pure. */
export function conditionsOf(
  findings: readonly Finding[],
  before: readonly ResourceCondition[] | undefined,
  generation: number,
  nowMs: number,
): readonly ResourceCondition[] {
  return findings.map(({ type, status, reason, message }) => {
    const known = before?.find((condition) => condition.type === type);
    const since = known?.status === status ? known.lastTransitionTime : timestamp(nowMs);
    return { type, status, observedGeneration: generation, lastTransitionTime: since, reason, message: message.slice(0, 32_768) };
  });
}

/** A finding that is so, or is not so. */
export function finding(type: string, holds: boolean, reason: string, message: string): Finding {
  return { type, status: holds ? 'True' : 'False', reason: reason === '' ? 'Unknown' : reason, message };
}
