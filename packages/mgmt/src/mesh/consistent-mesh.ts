import { type VirtualMesh, virtualMeshSchema } from '@reroot/shared/virtual-mesh';
import type { z } from 'zod';
import { type Contradiction, findContradictions, ownCheckNames } from '../rotation/index.ts';
import { findCronProblem } from './maintenance-window.ts';
import { type MeshSpec, specOf } from './mesh-spec.ts';
import { isMadeToOrder } from './root-source.ts';

const dayMs = 24 * 3_600_000;

/** A VirtualMesh whose fields also make sense together, each with its default. */
export const consistentMeshSchema = virtualMeshSchema.superRefine((document, context) => {
  const spec = specOf(document);
  const found = [
    ...findStrangeCanaries(spec),
    ...findStrangeWindows(spec),
    ...findStrangeChecks(spec),
    ...findContradictions(spec.rotation),
    // How long a root of somebody else's lives is not known here.
    ...(isMadeToOrder(spec.rootSource) ? findRootTooShort(spec) : []),
  ];
  for (const { path, message } of found) addIssue(['certificateRotation', ...path], message, context);
  if (spec.rootSource.kind === 'generated' && spec.intermediateSource.kind === 'vault') {
    addIssue(['rootCertificateAuthority', 'generated'], 'makes roots whose keys no Vault has: take vault, or secret', context);
  }
});

function addIssue(path: Contradiction['path'], message: string, context: z.RefinementCtx<VirtualMesh>): void {
  context.addIssue({ code: 'custom', path: ['spec', 'mtlsConfig', 'shared', ...path], message });
}

function findStrangeCanaries({ clusters, rotation }: MeshSpec): Contradiction[] {
  const { canaries } = rotation.waves;
  return [...canaries.entries()]
    .filter(([, canary]) => !clusters.includes(canary))
    .map(([index]) => ({ path: ['waves', 'canaries', index], message: 'is not among spec.clusters' }));
}

function findStrangeWindows({ maintenanceWindows }: MeshSpec): Contradiction[] {
  return [...maintenanceWindows.entries()].flatMap(([index, { cron }]) => {
    const message = findCronProblem(cron);
    return message === undefined ? [] : [{ path: ['maintenanceWindows', index, 'cron'], message }];
  });
}

/** A check that takes longer than all of them may take could never pass, and one that is named as mgmt's own could not be told from it. */
function findStrangeChecks({ rotation: { automatic } }: MeshSpec): Contradiction[] {
  return [...(automatic?.checks ?? []).entries()].flatMap(([index, check]) => {
    const path = ['verification', 'automatic', 'checks', index];
    const isTaken = ownCheckNames.some((own) => own === check.name);
    const isLong = check.kind === 'prometheus' && check.forMs >= (automatic?.timeoutMs ?? 0);
    return [
      ...(isTaken ? [{ path: [...path, 'name'], message: `must be none of ${ownCheckNames.join(', ')}` }] : []),
      ...(isLong ? [{ path: [...path, 'prometheus', 'for'], message: 'must be less than timeout' }] : []),
    ];
  });
}

function findRootTooShort({ root, rotation }: MeshSpec): Contradiction[] {
  if (rotation.minimumRootValidityMs < root.ttlDays * dayMs) return [];
  return [{ path: ['minimumRootValidity'], message: `must be less than the lifetime of a root, ${root.ttlDays}d` }];
}
