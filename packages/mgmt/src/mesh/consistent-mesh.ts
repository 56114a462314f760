import type { z } from 'zod';
import { type Contradiction, findContradictions } from '../rotation/index.ts';
import { type MeshSpec, specOf } from './mesh-spec.ts';
import { isMadeToOrder } from './root-source.ts';
import { type VirtualMesh, virtualMeshSchema } from './virtual-mesh.ts';

const dayMs = 24 * 3_600_000;

/** A VirtualMesh whose fields also make sense together, each with its default. */
export const consistentMeshSchema = virtualMeshSchema.superRefine((document, context) => {
  const spec = specOf(document);
  const found = [
    ...findStrangeCanaries(spec),
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

function findRootTooShort({ root, rotation }: MeshSpec): Contradiction[] {
  if (rotation.minimumRootValidityMs < root.ttlDays * dayMs) return [];
  return [{ path: ['minimumRootValidity'], message: `must be less than the lifetime of a root, ${root.ttlDays}d` }];
}
