import type { z } from 'zod';
import { certificateRotationSpecSchema, certificateRotationStatusSchema } from './certificate-rotation.ts';
import { certificateVerificationSpecSchema, certificateVerificationStatusSchema } from './certificate-verification.ts';
import { managedClusterSpecSchema, managedClusterStatusSchema } from './managed-cluster.ts';
import { virtualMeshSpecSchema, virtualMeshStatusSchema } from './virtual-mesh.ts';

/** The group and the version of everything here. */
export const resourceGroup = 'reroot.dev';
export const resourceVersion = 'v1alpha1';
export const resourceApiVersion = `${resourceGroup}/${resourceVersion}`;

/** A column of `kubectl get`. */
export interface PrinterColumn {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'date';
  readonly jsonPath: string;
  /** 1: with `-o wide` only. */
  readonly priority?: 1;
}

/** A kind of custom resource. */
export interface ResourceKind {
  readonly kind: string;
  readonly plural: string;
  readonly singular: string;
  readonly shortName: string;
  readonly description: string;
  readonly spec: z.ZodType;
  readonly status: z.ZodType;
  readonly columns: readonly PrinterColumn[];
}

const age: PrinterColumn = { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' };
const column = (name: string, jsonPath: string, more: Pick<PrinterColumn, 'priority'> = {}): PrinterColumn => ({
  ...{ name, type: 'string', jsonPath },
  ...more,
});

/** The kinds that reroot has in Kubernetes. */
export const resourceKinds = {
  virtualMesh: {
    ...{ kind: 'VirtualMesh', plural: 'virtualmeshes', singular: 'virtualmesh', shortName: 'vmesh' },
    description: 'What a mesh is to be, and how it is. Its name is the name of the mesh. docs/resources.md says more.',
    ...{ spec: virtualMeshSpecSchema, status: virtualMeshStatusSchema },
    columns: [
      ...[column('State', '.status.state'), column('Step', '.status.step'), column('Ready', '.status.ready')],
      ...[column('Reason', '.status.reason'), column('Root-Expires', '.status.currentRootNotAfter')],
      ...[age, column('Message', '.status.message', { priority: 1 }), column('Rotation', '.status.rotation', { priority: 1 })],
    ],
  },
  managedCluster: {
    ...{ kind: 'ManagedCluster', plural: 'managedclusters', singular: 'managedcluster', shortName: 'mcl' },
    description: 'A cluster whose agent may speak to mgmt. To create one adds the cluster, and makes its join file.',
    ...{ spec: managedClusterSpecSchema, status: managedClusterStatusSchema },
    columns: [
      ...[column('Mesh', '.spec.mesh'), column('Access', '.status.access'), column('Presence', '.status.presence')],
      ...[column('Evidence', '.status.evidence'), column('Step', '.status.step'), age],
      ...[column('Join-Secret', '.status.joinSecret', { priority: 1 }), column('Agent', '.status.agentVersion', { priority: 1 })],
    ],
  },
  certificateRotation: {
    ...{ kind: 'CertificateRotation', plural: 'certificaterotations', singular: 'certificaterotation', shortName: 'certrot' },
    description: 'One change of root. To create one starts it, once; its status is the record of the rotation.',
    ...{ spec: certificateRotationSpecSchema, status: certificateRotationStatusSchema },
    columns: [
      ...[column('Mesh', '.spec.mesh'), column('State', '.status.state'), column('Step', '.status.step')],
      ...[column('Gen', '.status.generation'), column('Ready', '.status.ready'), column('Reason', '.status.reason'), age],
      ...[column('Rotation', '.status.rotation', { priority: 1 }), column('Message', '.status.message', { priority: 1 })],
    ],
  },
  certificateVerification: {
    ...{ kind: 'CertificateVerification', plural: 'certificateverifications' },
    ...{ singular: 'certificateverification', shortName: 'certverif' },
    description:
      'What a person answers to a step that is being verified. To create one approves the step that it names, or rejects it.',
    ...{ spec: certificateVerificationSpecSchema, status: certificateVerificationStatusSchema },
    columns: [
      ...[column('Mesh', '.spec.mesh'), column('Step', '.spec.step'), column('Verdict', '.spec.verdict')],
      ...[column('By', '.spec.requestedBy'), column('State', '.status.state'), column('Reason', '.status.reason'), age],
    ],
  },
} as const satisfies Record<string, ResourceKind>;
