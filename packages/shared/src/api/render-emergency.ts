import type { EmergencyLoss, EmergencyOutlook, EmergencyPace } from './emergency.ts';
import type { MeshStatus } from './mesh-status.ts';
import { type Paint, printable } from './render-table.ts';

/** The emergency of the rotation, who has approved it, and what it gives up; nothing for a usual rotation. */
export function renderEmergency({ rotation }: Pick<MeshStatus, 'rotation'>, paint: Paint): readonly string[] {
  if (rotation?.emergency === undefined) return [];
  const { reason, approval, excludeSilent, losses, policy } = rotation.emergency;
  const approved =
    approval === undefined
      ? paint('waiting', printable(`waits for the approval of another person than ${rotation.startedBy}; nobody has been told`))
      : printable(`approved by ${approval.by} at ${approval.at}: ${approval.why}`);
  return [
    `${paint('bad', 'EMERGENCY')} ${printable(reason)} · ${approved}`,
    renderPace(policy),
    ...(excludeSilent.length === 0 ? [] : [printable(`  not waited for while silent: ${excludeSilent.join(', ')}`)]),
    ...renderLosses(losses),
  ];
}

/** How a rotation in an emergency would go, and what would be lost; nothing for a usual one. */
export function renderEmergencyOutlook(outlook: EmergencyOutlook | undefined, paint: Paint): readonly string[] {
  if (outlook === undefined) return [];
  const { policy, losses } = outlook;
  const how = 'every cluster at once, without soak, windows or overlap, once another person has approved it';
  return [`${paint('bad', 'in an EMERGENCY')}: ${how}`, renderPace(policy), ...renderLosses(losses)];
}

function renderPace({ requiredEvidence, restarts, workloadRestarts }: EmergencyPace): string {
  return `  evidence ${requiredEvidence} · istiod restarts ${restarts} · workload restarts ${workloadRestarts}`;
}

/** What is lost, a line each. */
export function renderLosses(losses: readonly EmergencyLoss[]): readonly string[] {
  return losses.map(({ reason, message }) => printable(`  lost: ${message} (${reason})`));
}
