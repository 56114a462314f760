import type { RootOffer } from '@reroot/shared/api';
import { RerootError } from '@reroot/shared/errors';
import { requireName } from '@reroot/shared/protocol';
import { readMesh } from '../mesh/index.ts';
import type { MeshMoment, Operations } from '../runner/index.ts';
import { adoptionRoutes } from './adoption-routes.ts';
import {
  abortRequestSchema,
  operatorActSchema,
  readAct,
  readDocumentBody,
  startRotationSchema,
  verificationAnswerSchema,
} from './body.ts';
import { type ClusterRouteOptions, clusterRoutes } from './cluster-routes.ts';
import { describeCondition, describeMesh } from './describe-mesh.ts';
import { emergencyRoutes } from './emergency-routes.ts';
import { matrixRoutes } from './matrix-routes.ts';
import { metricsRoutes } from './metrics-routes.ts';
import { type PlanRouteOptions, planRoutes } from './plan-routes.ts';
import { preflightRoutes } from './preflight-routes.ts';
import { type ProofRouteOptions, proofRoutes } from './proof-routes.ts';
import { type Answer, meshOf, paramOf, type Route, type RouteRequest } from './route.ts';

/** What routes work with. */
export interface RouteOptions extends ClusterRouteOptions, ProofRouteOptions, Pick<PlanRouteOptions, 'budgetsOf'> {
  readonly operations: Operations;
  /** What the source of a mesh's roots offers. */
  readonly readOffer: (mesh: string) => RootOffer | undefined;
  readonly term: number;
  /** Whether the bus is connected. */
  readonly isReady: () => boolean;
}

/** Every route of the API; `packages/shared/src/api/contract.ts` has the types of bodies and answers. */
export function routes(options: RouteOptions): readonly Route[] {
  const { operations, readOffer, term, isReady } = options;
  const describe = (moment: MeshMoment): unknown => describeMesh(moment, term, readOffer(moment.view.stored.spec.mesh));
  return [
    { method: 'GET', url: '/healthz', permission: 'open', answer: async () => ok({ status: 'ok' }) },
    {
      method: 'GET',
      url: '/readyz',
      permission: 'open',
      answer: async () => {
        if (!isReady()) throw new RerootError('RR_API_NOT_READY', 'the connection to the bus is down');
        return ok({ status: 'ready' });
      },
    },
    {
      method: 'GET',
      url: '/v1/meshes',
      permission: 'read',
      answer: async () => ok({ meshes: (await operations.listMeshes()).map(describe) }),
    },
    {
      method: 'GET',
      url: '/v1/meshes/:mesh',
      permission: 'read',
      answer: async (request) => ok(describe(await operations.readMesh(meshOf(request)))),
    },
    {
      method: 'PUT',
      url: '/v1/meshes/:mesh',
      permission: 'administer',
      answer: async (request) => {
        const mesh = meshOf(request);
        const text = readDocumentBody(request.body, request.headers['content-type']);
        const { outcome, moment } = await operations.applyMesh(readMesh(text, mesh, 'body'));
        return { status: outcome === 'created' ? 201 : 200, body: describe(moment) };
      },
    },
    {
      method: 'GET',
      url: '/v1/meshes/:mesh/history',
      permission: 'read',
      answer: async (request) => ok({ conditions: (await operations.readHistory(meshOf(request))).map(describeCondition) }),
    },
    {
      method: 'POST',
      url: '/v1/meshes/:mesh/rotations',
      permission: 'operate',
      answer: async (request) => {
        const body = readAct(startRotationSchema, request);
        const { outcome, moment } = await operations.startRotation(meshOf(request), body);
        return { status: outcome === 'started' ? 201 : 200, body: describe(moment) };
      },
    },
    {
      method: 'POST',
      url: '/v1/meshes/:mesh/abort',
      permission: 'operate',
      answer: async (request) => {
        const body = readAct(abortRequestSchema, request);
        return ok(describe(await operations.abortRotation(meshOf(request), body)));
      },
    },
    {
      method: 'POST',
      url: '/v1/meshes/:mesh/clusters/:cluster/exclude',
      permission: 'operate',
      answer: async (request) => {
        const body = readAct(operatorActSchema, request);
        return ok(describe(await operations.excludeCluster(meshOf(request), clusterOf(request), body)));
      },
    },
    {
      method: 'POST',
      url: '/v1/meshes/:mesh/clusters/:cluster/include',
      permission: 'operate',
      answer: async (request) => {
        const body = readAct(operatorActSchema, request);
        return ok(describe(await operations.includeCluster(meshOf(request), clusterOf(request), body)));
      },
    },
    {
      method: 'POST',
      url: '/v1/meshes/:mesh/verification',
      permission: 'approve',
      answer: async (request) => {
        const body = readAct(verificationAnswerSchema, request);
        return ok(describe(await operations.answerVerification(meshOf(request), body)));
      },
    },
    ...emergencyRoutes(options),
    ...preflightRoutes(options),
    ...planRoutes(options),
    ...adoptionRoutes(operations, describe),
    ...metricsRoutes(options),
    ...clusterRoutes(options),
    ...matrixRoutes(options),
    ...proofRoutes(options),
  ];
}

function ok(body: unknown): Answer {
  return { status: 200, body };
}

/** @throws RR_NAME_INVALID */
function clusterOf(request: RouteRequest): string {
  return requireName('cluster', paramOf(request, 'cluster'));
}
