/** The VirtualMesh as an operator writes it: the one schema that mgmt reads documents with, and that the API's document shows. */
export type { CommonCertOptions } from './cert-options-schema.ts';
export { type CelRule, crdNotes } from './crd-notes.ts';
export { formatDuration, parseDuration } from './duration.ts';
export { type CertificateRotation, certificateRotationSchema } from './rotation-schema.ts';
export type { VaultKubernetesAuth, VaultRootCa, VaultServer } from './vault-schema.ts';
export type { AutomaticVerification } from './verification-schema.ts';
export { type VirtualMesh, type VirtualMeshDocument, virtualMeshSchema } from './virtual-mesh.ts';
