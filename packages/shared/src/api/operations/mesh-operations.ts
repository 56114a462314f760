import { z } from 'zod';
import { accessStatusSchema } from '../access.ts';
import { adoptionStatusSchema, adoptSchema } from '../adoption.ts';
import { meshStatusSchema } from '../mesh-status.ts';
import { nextCursorSchema, pageQuerySchema } from '../page.ts';
import { virtualMeshSchema } from '../virtual-mesh/index.ts';
import { ofMeshes, ofRoots, ofWrites } from './error-groups.ts';
import type { Operation } from './operation.ts';

const documentTypes = ['application/yaml', 'application/json', 'application/x-yaml', 'text/yaml'];
const applied = {
  200: { description: 'The mesh is there, and is now as the document says.', schema: meshStatusSchema },
  201: { description: 'The mesh was created, with its first root.', schema: meshStatusSchema },
};
const applyErrors = [
  'RR_RESOURCE_OWNED',
  ...(['RR_NAME_INVALID', 'RR_MESH_INVALID', 'RR_MESH_LOCKED', 'RR_MESH_CHECK_FORBIDDEN'] as const),
  ...(['RR_MESH_CLUSTER_UNKNOWN', 'RR_MESH_CLUSTER_TAKEN', 'RR_CLUSTER_REVOKED', 'RR_CLUSTER_OTHER_MESH'] as const),
  ...(['RR_CLUSTER_LAST', 'RR_ROTATION_UNSAFE', 'RR_STORE_FAILED', 'RR_STORE_CORRUPT'] as const),
  ...ofWrites,
  ...ofRoots,
] as const;

/** Meshes as such: what there is, what they are to be, and clusters that come to them from elsewhere. */
export const meshOperations = {
  listMeshes: {
    ...{ method: 'GET', path: '/v1/meshes', tag: 'meshes', permission: 'read' },
    summary: 'every mesh',
    description: 'A mesh that cannot be read is left out, and its own path says why.',
    query: pageQuerySchema,
    answers: {
      200: {
        description: 'Sorted by name.',
        schema: z
          .object({ meshes: z.array(meshStatusSchema), nextCursor: nextCursorSchema.exactOptional() })
          .meta({ id: 'MeshList', description: 'Meshes, sorted by name.' }),
      },
    },
    errors: ['RR_STORE_FAILED'],
  },
  readMesh: {
    ...{ method: 'GET', path: '/v1/meshes/{mesh}', tag: 'meshes', permission: 'read' },
    tagged: true,
    summary: 'how a mesh is',
    answers: { 200: { description: 'The mesh, with each of its clusters.', schema: meshStatusSchema } },
    errors: ofMeshes,
  },
  readAccess: {
    ...{ method: 'GET', path: '/v1/meshes/{mesh}/access', tag: 'meshes', permission: 'read' },
    summary: 'who asks, and what that one may do to the mesh',
    description: 'Whether or not there is such a mesh.',
    answers: { 200: { description: 'The principal, with its permissions.', schema: accessStatusSchema } },
    errors: ['RR_NAME_INVALID'],
  },
  applyMesh: {
    answeredBy: 'leader',
    ...{ method: 'PUT', path: '/v1/meshes/{mesh}', tag: 'meshes', permission: 'administer' },
    tagged: true,
    summary: 'creates a mesh, or changes its spec',
    request: { schema: virtualMeshSchema, types: documentTypes },
    answers: applied,
    errors: applyErrors,
  },
  applyHeldBack: {
    answeredBy: 'leader',
    ...{ method: 'PUT', path: '/v1/meshes/{mesh}/held-back', tag: 'meshes', permission: 'administer' },
    tagged: true,
    summary: 'the same, but a mesh that is created tells its clusters nothing before they have shown what they hold',
    description: 'For clusters that have a CA already: docs/adoption.md.',
    request: { schema: virtualMeshSchema, types: documentTypes },
    answers: applied,
    errors: applyErrors,
  },
  readAdoption: {
    ...{ method: 'GET', path: '/v1/meshes/{mesh}/adoption', tag: 'meshes', permission: 'read' },
    summary: 'which clusters have a CA from elsewhere, and what stands in the way of adopting them',
    answers: { 200: { description: 'What an adoption would begin with.', schema: adoptionStatusSchema } },
    errors: ofMeshes,
  },
  adopt: {
    answeredBy: 'leader',
    ...{ method: 'POST', path: '/v1/meshes/{mesh}/adoption', tag: 'meshes', permission: 'operate' },
    tagged: true,
    summary: 'starts the rotation that brings clusters with a CA from elsewhere under the root of the mesh',
    description:
      'Refused with the first thing that stands in the way, then for checks of preflight that are fatal; it may take 6 seconds.',
    request: { schema: adoptSchema },
    answers: { 201: { description: 'The rotation has started.', schema: meshStatusSchema } },
    errors: [
      ...ofMeshes,
      ...ofWrites,
      ...(['RR_ADOPT_NOTHING', 'RR_ADOPT_UNREPORTED', 'RR_ADOPT_AGENT_OLD', 'RR_ADOPT_NOT_ALLOWED', 'RR_ADOPT_TERM'] as const),
      ...(['RR_ADOPT_CA_UNUSABLE', 'RR_ADOPT_ROOTS_ALIKE', 'RR_ADOPT_TOO_MANY_ROOTS', 'RR_ADOPT_RESTARTS'] as const),
      ...(['RR_ROTATION_IN_PROGRESS', 'RR_ROTATION_UNSAFE', 'RR_ROTATION_TARGET_INVALID'] as const),
      ...(['RR_PREFLIGHT_FAILED', 'RR_PREFLIGHT_CHECK_UNKNOWN'] as const),
    ],
  },
} as const satisfies Readonly<Record<string, Operation>>;
