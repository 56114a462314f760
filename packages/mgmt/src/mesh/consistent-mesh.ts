import { type Contradiction, findContradictions } from '../rotation/index.ts';
import { type MeshSpec, specOf } from './mesh-spec.ts';
import { virtualMeshSchema } from './virtual-mesh.ts';

const dayMs = 24 * 3_600_000;

/** A VirtualMesh whose fields also make sense together, each with its default. */
export const consistentMeshSchema = virtualMeshSchema.superRefine((document, context) => {
  const spec = specOf(document);
  const { generated } = document.spec.mtlsConfig.shared.rootCertificateAuthority;
  const found = [
    ...findStrangeCanaries(spec),
    ...findContradictions(spec.rotation),
    // How long a root of somebody else's lives is not known here.
    ...(generated === undefined ? [] : findRootTooShort(spec)),
  ];
  for (const { path, message } of found) {
    const place = ['spec', 'mtlsConfig', 'shared', 'certificateRotation', ...path];
    context.addIssue({ code: 'custom', path: place, message });
  }
});

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
