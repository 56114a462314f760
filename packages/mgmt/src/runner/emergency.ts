import type { EmergencyOutlook, EmergencyPace, EmergencyQuestion, StartRotationRequest } from '@reroot/shared/api';
import { RerootError } from '@reroot/shared/errors';
import type { Custody } from '../authorities/index.ts';
import { windowAt } from '../mesh/index.ts';
import {
  type AskedFor,
  type Emergency,
  emergencyPolicyOf,
  isMember,
  isSilent,
  lossesOf,
  type Policy,
  type RotationPolicy,
} from '../rotation/index.ts';
import type { MeshMoment } from './mesh-loop.ts';
import type { MeshView } from './mesh-view.ts';

/** What a rotation in an emergency would give up in the mesh as it is now, and how it would go. Pure. */
export function outlookOf(moment: MeshMoment, question: EmergencyQuestion): EmergencyOutlook {
  const { view, snapshot, nowMs } = moment;
  const { record, spec } = view.stored;
  // The one of the moment may be that of an emergency already.
  const policy: Policy = { ...moment.policy, ...spec.rotation, window: windowAt(spec.maintenanceWindows, nowMs) };
  const plan = {
    strategy: question.strategy,
    verification: question.verification,
    excludeSilent: question.excludeSilent ?? [],
    windows: spec.maintenanceWindows.length,
    crl: crlOf(view),
  };
  return { losses: lossesOf(record, snapshot, policy, plan, nowMs), policy: paceOf(policy, question) };
}

/**
 * The same, for whoever asks before starting it: names that the start would refuse are refused before anybody accepts a loss.
 * @throws RR_CLUSTER_NOT_FOUND, RR_CLUSTER_NOT_SILENT, RR_CLUSTER_LAST
 */
export function foresee(moment: MeshMoment, question: EmergencyQuestion): EmergencyOutlook {
  requireSilent(moment, question.excludeSilent ?? []);
  return outlookOf(moment, question);
}

/** How a rotation in an emergency goes, or would go. Pure. */
export function paceOf(policy: RotationPolicy, asked: AskedFor): EmergencyPace {
  const { strategy, verification, requiredEvidence, restarts, workloadRestarts } = emergencyPolicyOf(policy, asked);
  return { strategy, verification, requiredEvidence, restarts, workloadRestarts };
}

/**
 * What the record keeps of an emergency that is asked for; undefined for a usual rotation.
 * @throws RR_CLUSTER_NOT_FOUND, RR_CLUSTER_NOT_SILENT, RR_CLUSTER_LAST for a cluster that is named to be left out
 */
export function emergencyOf(
  moment: MeshMoment,
  { strategy, verification, emergency }: StartRotationRequest,
): Omit<Emergency, 'approval'> | undefined {
  if (emergency === undefined) return undefined;
  const excludeSilent = [...new Set(emergency.excludeSilent)].toSorted();
  requireSilent(moment, excludeSilent);
  const question = {
    excludeSilent,
    ...(strategy === undefined ? {} : { strategy }),
    ...(verification === undefined ? {} : { verification }),
  };
  return { reason: emergency.reason, excludeSilent, losses: outlookOf(moment, question).losses };
}

/** Whoever speaks can be proven: to leave one behind that does is another act, `reroot exclude`. */
function requireSilent({ view, snapshot, policy, nowMs }: MeshMoment, named: readonly string[]): void {
  const { mesh, clusters } = view.stored.spec;
  for (const cluster of named) {
    if (!clusters.includes(cluster)) {
      throw new RerootError('RR_CLUSTER_NOT_FOUND', `cluster ${cluster} does not belong to mesh ${mesh}`);
    }
    if (!isSilent(snapshot.evidence.get(cluster), policy, nowMs)) {
      throw new RerootError('RR_CLUSTER_NOT_SILENT', `cluster ${cluster} reports, and was named to be left out as a silent one`);
    }
  }
  const stays = clusters.some((cluster) => isMember(view.stored.record, cluster) && !named.includes(cluster));
  if (!stays) throw new RerootError('RR_CLUSTER_LAST', `no cluster that counts would be left in mesh ${mesh}`);
}

function crlOf({ stored: { record }, roots }: MeshView): 'can-be-signed' | 'no-key' {
  return canSignCrl(roots.get(record.currentRoot)?.custody) ? 'can-be-signed' : 'no-key';
}

/** Whether mgmt has the key that signed the intermediates under a root, and so can revoke them. */
export function canSignCrl(custody: Custody | undefined): boolean {
  return custody?.kind === 'key-store';
}
