import type { EmergencyLoss } from '@reroot/shared/api';
import type { RotationRecord } from '../record.ts';

/** What makes a rotation one in an emergency: it has no time for anything but the evidence. */
export interface Emergency {
  readonly reason: string;
  /** Clusters that are not waited for while they are silent. */
  readonly excludeSilent: readonly string[];
  /** What it gives up, as that was known when it was started; whoever approves it has read this. */
  readonly losses: readonly EmergencyLoss[];
  /** Who let it begin. Nobody is told anything before. */
  readonly approval?: EmergencyApproval;
}

/** The answer of a person other than the one who has started it. */
export interface EmergencyApproval {
  readonly by: string;
  readonly atMs: number;
  readonly why: string;
}

/** Whether a rotation in an emergency was started, and no other person has let it begin. */
export function awaitsApproval({ state, rotation }: Pick<RotationRecord, 'state' | 'rotation'>): boolean {
  const beginning = state === 'ADDING_NEW_ROOT' || state === 'DELETING_OLD_ROOT';
  return beginning && rotation?.emergency !== undefined && rotation.emergency.approval === undefined;
}
