/** The custom resources of reroot in Kubernetes: their schemas, and the definitions that are made of them. */
export { buildCrds, type CustomResourceDefinition } from './build-crds.ts';
export {
  type CertificateRotationResourceStatus,
  type CertificateRotationSpec,
  certificateRotationSpecSchema,
  maxResourceLaggards,
  type RotationAction,
} from './certificate-rotation.ts';
export {
  type CertificateVerificationResourceStatus,
  type CertificateVerificationSpec,
  certificateVerificationSpecSchema,
} from './certificate-verification.ts';
export type { ResourceCondition } from './condition.ts';
export {
  type ManagedClusterResourceStatus,
  type ManagedClusterSpec,
  managedClusterSpecSchema,
  maxListedProblems,
} from './managed-cluster.ts';
export { renderCrd } from './render-crd.ts';
export { type ResourceKind, resourceApiVersion, resourceGroup, resourceKinds, resourceVersion } from './resource-kinds.ts';
export { maxListedAlarms, type VirtualMeshResourceStatus } from './virtual-mesh.ts';
