import { z } from 'zod';
import { clusterStatusSchema } from '../cluster-status.ts';
import { conditionSchema } from '../condition.ts';
import { clusterEvidenceSchema, clusterPageSchema, laggardPageSchema } from '../evidence.ts';
import { trustMatrixSchema, trustPairSchema } from '../matrix.ts';
import { nextCursorSchema, pageQuerySchema } from '../page.ts';
import { proofStatusSchema, proveSchema } from '../proofs.ts';
import { ofMeshes, ofWrites } from './error-groups.ts';
import type { Operation } from './operation.ts';

/** What is known of a mesh, what was, and what was proven of it. */
export const evidenceOperations = {
  readHistory: {
    ...{ method: 'GET', path: '/v1/meshes/{mesh}/history', tag: 'evidence', permission: 'read' },
    summary: 'what has happened to a mesh',
    query: pageQuerySchema,
    answers: {
      200: {
        description: 'Oldest first.',
        schema: z
          .object({ conditions: z.array(conditionSchema), nextCursor: nextCursorSchema.exactOptional() })
          .meta({ id: 'History', description: 'What has happened to a mesh, oldest first.' }),
      },
    },
    errors: ofMeshes,
  },
  listMembers: {
    ...{ method: 'GET', path: '/v1/meshes/{mesh}/clusters', tag: 'evidence', permission: 'read' },
    summary: 'the clusters of a mesh',
    query: pageQuerySchema,
    answers: { 200: { description: 'By name.', schema: clusterPageSchema } },
    errors: ofMeshes,
  },
  readMember: {
    ...{ method: 'GET', path: '/v1/meshes/{mesh}/clusters/{cluster}', tag: 'evidence', permission: 'read' },
    summary: 'one cluster of a mesh',
    answers: { 200: { description: 'Its evidence, counted.', schema: clusterStatusSchema } },
    errors: [...ofMeshes, 'RR_CLUSTER_NOT_FOUND'],
  },
  readEvidence: {
    ...{ method: 'GET', path: '/v1/meshes/{mesh}/clusters/{cluster}/evidence', tag: 'evidence', permission: 'read' },
    summary: 'what the last report of a cluster says: each replica, each namespace, each group of workloads',
    query: pageQuerySchema,
    answers: { 200: { description: 'A page of its places.', schema: clusterEvidenceSchema } },
    errors: [...ofMeshes, 'RR_CLUSTER_NOT_FOUND'],
  },
  listLaggards: {
    ...{ method: 'GET', path: '/v1/meshes/{mesh}/laggards', tag: 'evidence', permission: 'read' },
    summary: 'what the gates of a mesh wait for, to the last one',
    description: 'Of each cluster, what keeps the first gate that does not pass.',
    query: pageQuerySchema,
    answers: { 200: { description: 'By cluster and place.', schema: laggardPageSchema } },
    errors: ofMeshes,
  },
  readMatrix: {
    ...{ method: 'GET', path: '/v1/meshes/{mesh}/matrix', tag: 'evidence', permission: 'read' },
    summary: 'who would accept whom, now and while the next row is put in force',
    description: 'docs/trust-matrix.md says how it is made.',
    answers: { 200: { description: 'The matrix.', schema: trustMatrixSchema } },
    errors: ofMeshes,
  },
  readTrustPair: {
    ...{ method: 'GET', path: '/v1/meshes/{mesh}/matrix/{from}/{to}', tag: 'evidence', permission: 'read' },
    summary: 'why one cluster accepts the leaves of another, or does not',
    answers: { 200: { description: 'The pair.', schema: trustPairSchema } },
    errors: [...ofMeshes, 'RR_CLUSTER_NOT_FOUND'],
  },
  listProofs: {
    answeredBy: 'leader',
    ...{ method: 'GET', path: '/v1/meshes/{mesh}/proofs', tag: 'proofs', permission: 'read' },
    summary: 'what was proven of a mesh',
    query: pageQuerySchema,
    answers: {
      200: {
        description: 'Newest first, without what they rest on.',
        schema: z
          .object({ proofs: z.array(proofStatusSchema), nextCursor: nextCursorSchema.exactOptional() })
          .meta({ id: 'ProofList', description: 'What was proven of a mesh, newest first.' }),
      },
    },
    errors: ofMeshes,
  },
  readProof: {
    answeredBy: 'leader',
    ...{ method: 'GET', path: '/v1/meshes/{mesh}/proofs/{proof}', tag: 'proofs', permission: 'read' },
    summary: 'one proof, with what it rests on',
    answers: { 200: { description: '`outcome` is `running` while it is being made.', schema: proofStatusSchema } },
    errors: [...ofMeshes, 'RR_PROOF_NOT_FOUND'],
  },
  prove: {
    answeredBy: 'leader',
    ...{ method: 'POST', path: '/v1/meshes/{mesh}/proofs', tag: 'proofs', permission: 'operate' },
    summary: 'has a mesh proven now',
    description: 'The checks of docs/verification.md are made, which changes nothing. One at a time for each mesh.',
    request: { schema: proveSchema },
    answers: { 202: { description: 'The proof that has been begun.', schema: proofStatusSchema } },
    errors: [...ofMeshes, ...ofWrites, 'RR_PROOF_RUNNING', 'RR_PROOF_CHECK_UNKNOWN'],
  },
} as const satisfies Readonly<Record<string, Operation>>;
