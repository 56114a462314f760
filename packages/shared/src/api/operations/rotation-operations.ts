import { operatorActSchema, rotationActSchema, startRotationSchema, verificationAnswerSchema } from '../acts.ts';
import { emergencyOutlookSchema, emergencyQuestionSchema, rootCrlSchema } from '../emergency.ts';
import { meshStatusSchema } from '../mesh-status.ts';
import { rotationPlanSchema } from '../plan.ts';
import { planQuerySchema } from '../plan-query.ts';
import { preflightReportSchema, preflightRequestSchema } from '../preflight.ts';
import { ofMeshes, ofRoots, ofWrites } from './error-groups.ts';
import type { Operation } from './operation.ts';

const changed = { 200: { description: 'The mesh after the act.', schema: meshStatusSchema } };
const inEmergency = ['RR_CLUSTER_NOT_FOUND', 'RR_CLUSTER_NOT_SILENT', 'RR_CLUSTER_LAST'] as const;

/** Rotations: what comes before them, their start, what people say to them, and what they leave. */
export const rotationOperations = {
  preflight: {
    answeredBy: 'leader',
    ...{ method: 'POST', path: '/v1/meshes/{mesh}/preflight', tag: 'rotations', permission: 'operate' },
    repeated: 'anew',
    summary: 'whether a rotation, or an adoption, that started now would get through',
    description: 'Changes nothing, has every agent look at its cluster, and may take 6 seconds: docs/preflight.md.',
    request: { schema: preflightRequestSchema },
    answers: { 200: { description: 'What each check has found.', schema: preflightReportSchema } },
    errors: [...ofMeshes, ...ofRoots, ...inEmergency, 'RR_ADOPT_NOTHING', 'RR_ROTATION_TARGET_INVALID', 'RR_ROTATION_UNSAFE'],
  },
  plan: {
    answeredBy: 'leader',
    ...{ method: 'GET', path: '/v1/meshes/{mesh}/plan', tag: 'rotations', permission: 'read' },
    summary: 'what a rotation would do, or what is left of the one under way',
    description: 'Changes nothing: docs/plan.md.',
    query: planQuerySchema,
    answers: { 200: { description: 'The plan.', schema: rotationPlanSchema } },
    errors: [...ofMeshes, ...inEmergency, 'RR_ROTATION_IN_PROGRESS', 'RR_ROTATION_TARGET_INVALID', 'RR_ROTATION_UNSAFE'],
  },
  startRotation: {
    answeredBy: 'leader',
    ...{ method: 'POST', path: '/v1/meshes/{mesh}/rotations', tag: 'rotations', permission: 'operate' },
    tagged: true,
    summary: 'starts a rotation',
    request: { schema: startRotationSchema },
    answers: {
      200: { description: 'Nothing has changed: the mesh is on this root, or on its way to it.', schema: meshStatusSchema },
      201: { description: 'The rotation has started.', schema: meshStatusSchema },
    },
    errors: [
      ...ofMeshes,
      ...ofWrites,
      ...ofRoots,
      ...inEmergency,
      ...(['RR_ROTATION_IN_PROGRESS', 'RR_ROTATION_TARGET_INVALID', 'RR_ROTATION_UNSAFE'] as const),
      ...(['RR_ROTATION_NO_MEMBER'] as const),
      ...(['RR_PREFLIGHT_FAILED', 'RR_PREFLIGHT_CHECK_UNKNOWN'] as const),
    ],
  },
  foreseeEmergency: {
    ...{ method: 'POST', path: '/v1/meshes/{mesh}/emergency', tag: 'rotations', permission: 'read' },
    repeated: 'anew',
    summary: 'what a rotation in an emergency would give up, and how it would go',
    description: 'Starts nothing: docs/emergency.md.',
    request: { schema: emergencyQuestionSchema },
    answers: { 200: { description: 'What would be lost.', schema: emergencyOutlookSchema } },
    errors: [...ofMeshes, ...inEmergency, 'RR_ROTATION_UNSAFE'],
  },
  abortRotation: {
    answeredBy: 'leader',
    ...{ method: 'POST', path: '/v1/meshes/{mesh}/abort', tag: 'rotations', permission: 'operate' },
    tagged: true,
    summary: 'takes a rotation back that no cluster was told of',
    request: { schema: rotationActSchema },
    answers: changed,
    errors: [...ofMeshes, ...ofWrites, 'RR_ROTATION_NOT_FOUND', 'RR_ROTATION_TOLD'],
  },
  retryRotation: {
    answeredBy: 'leader',
    ...{ method: 'POST', path: '/v1/meshes/{mesh}/retry', tag: 'rotations', permission: 'approve' },
    tagged: true,
    summary: 'takes a failed rotation up again, in the state in which it failed',
    request: { schema: rotationActSchema },
    answers: changed,
    errors: [...ofMeshes, ...ofWrites, 'RR_ROTATION_NOT_FOUND', 'RR_ROTATION_NOT_FAILED', 'RR_APPROVAL_FOUR_EYES'],
  },
  answerVerification: {
    answeredBy: 'leader',
    ...{ method: 'POST', path: '/v1/meshes/{mesh}/verification', tag: 'rotations', permission: 'approve' },
    tagged: true,
    summary: 'lets a step pass, or takes it back',
    description: 'An answer that names another moment than the present one is refused.',
    request: { schema: verificationAnswerSchema },
    answers: changed,
    errors: [
      ...ofMeshes,
      ...ofWrites,
      ...(['RR_APPROVAL_FOREIGN', 'RR_APPROVAL_REPEATED', 'RR_APPROVAL_STALE', 'RR_APPROVAL_NOT_EXPECTED'] as const),
      ...(['RR_APPROVAL_FOUR_EYES', 'RR_ROLLBACK_IMPOSSIBLE'] as const),
    ],
  },
  excludeCluster: {
    answeredBy: 'leader',
    ...{ method: 'POST', path: '/v1/meshes/{mesh}/clusters/{cluster}/exclude', tag: 'rotations', permission: 'operate' },
    tagged: true,
    summary: 'no longer waits for a cluster',
    request: { schema: operatorActSchema },
    answers: changed,
    errors: [...ofMeshes, ...ofWrites, 'RR_CLUSTER_NOT_FOUND', 'RR_CLUSTER_ALREADY', 'RR_CLUSTER_LAST'],
  },
  includeCluster: {
    answeredBy: 'leader',
    ...{ method: 'POST', path: '/v1/meshes/{mesh}/clusters/{cluster}/include', tag: 'rotations', permission: 'operate' },
    tagged: true,
    summary: 'leads an excluded cluster back',
    request: { schema: operatorActSchema },
    answers: changed,
    errors: [...ofMeshes, ...ofWrites, 'RR_CLUSTER_NOT_FOUND', 'RR_CLUSTER_ALREADY'],
  },
  readCrl: {
    answeredBy: 'leader',
    ...{ method: 'GET', path: '/v1/meshes/{mesh}/crl', tag: 'rotations', permission: 'operate' },
    summary: 'a list that revokes every intermediate of the root that the mesh has left',
    description: "Refused while that may be in use, and where mgmt has no key to sign it with. A root's key signs for it.",
    answers: { 200: { description: 'The list.', schema: rootCrlSchema } },
    errors: [...ofMeshes, ...ofRoots, 'RR_CRL_TOO_EARLY', 'RR_CRL_NO_ROOT', 'RR_CRL_NOT_HERE'],
  },
} as const satisfies Readonly<Record<string, Operation>>;
