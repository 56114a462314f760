import type { MeshStatus } from './contract.ts';
import type { EmergencyLoss } from './emergency.ts';
import { type Paint, printable } from './render-table.ts';

/** The emergency of the rotation, who has approved it, and what it gives up; nothing for a usual rotation. */
export function renderEmergency({ rotation }: Pick<MeshStatus, 'rotation'>, paint: Paint): readonly string[] {
  if (rotation?.emergency === undefined) return [];
  const { reason, approval, excludeSilent, losses, policy } = rotation.emergency;
  const approved =
    approval === undefined
      ? paint('waiting', printable(`waits for the approval of another person than ${rotation.startedBy}; nobody has been told`))
      : printable(`approved by ${approval.by} at ${approval.at}: ${approval.why}`);
  const { requiredEvidence, restarts, workloadRestarts } = policy;
  const pace = `evidence ${requiredEvidence} · istiod restarts ${restarts} · workload restarts ${workloadRestarts}`;
  return [
    `${paint('bad', 'EMERGENCY')} ${printable(reason)} · ${approved}`,
    `  ${pace}`,
    ...(excludeSilent.length === 0 ? [] : [printable(`  not waited for while silent: ${excludeSilent.join(', ')}`)]),
    ...renderLosses(losses),
  ];
}

/** What is lost, a line each. */
export function renderLosses(losses: readonly EmergencyLoss[]): readonly string[] {
  return losses.map(({ reason, message }) => printable(`  lost: ${message} (${reason})`));
}
