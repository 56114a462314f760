import type { RootOffer } from '@reroot/shared/api';
import { RerootError } from '@reroot/shared/errors';
import { requireName } from '@reroot/shared/protocol';
import { readMesh } from '../mesh/index.ts';
import type { MeshMoment, Operations } from '../runner/index.ts';
import {
  abortRequestSchema,
  operatorActSchema,
  readDocumentBody,
  readJsonBody,
  startRotationSchema,
  verificationAnswerSchema,
} from './body.ts';
import { describeCondition, describeMesh } from './describe-mesh.ts';

/** What routes work with. */
export interface RouteOptions {
  readonly operations: Operations;
  /** What the source of a mesh's roots offers. */
  readonly readOffer: (mesh: string) => RootOffer | undefined;
  readonly term: number;
  /** Whether the bus is connected. */
  readonly isReady: () => boolean;
}

/** What a route reads of a request. */
export interface RouteRequest {
  readonly params: unknown;
  readonly body: unknown;
  readonly headers: { readonly 'content-type'?: string | undefined };
}

/** One path and method of the API. */
export interface Route {
  readonly method: 'GET' | 'PUT' | 'POST';
  readonly url: string;
  readonly answer: (request: RouteRequest) => Promise<Answer>;
}

/** Status and JSON body. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** Every route of the API; `packages/shared/src/api/contract.ts` has the types of bodies and answers. */
export function routes({ operations, readOffer, term, isReady }: RouteOptions): readonly Route[] {
  const describe = (moment: MeshMoment): unknown => describeMesh(moment, term, readOffer(moment.view.stored.spec.mesh));
  return [
    { method: 'GET', url: '/healthz', answer: async () => ok({ status: 'ok' }) },
    {
      method: 'GET',
      url: '/readyz',
      answer: async () => {
        if (!isReady()) throw new RerootError('RR_API_NOT_READY', 'the connection to the bus is down');
        return ok({ status: 'ready' });
      },
    },
    {
      method: 'GET',
      url: '/v1/meshes',
      answer: async () => ok({ meshes: (await operations.listMeshes()).map(describe) }),
    },
    {
      method: 'GET',
      url: '/v1/meshes/:mesh',
      answer: async (request) => ok(describe(await operations.readMesh(meshOf(request)))),
    },
    {
      method: 'PUT',
      url: '/v1/meshes/:mesh',
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
      answer: async (request) => ok({ conditions: (await operations.readHistory(meshOf(request))).map(describeCondition) }),
    },
    {
      method: 'POST',
      url: '/v1/meshes/:mesh/rotations',
      answer: async (request) => {
        const body = readJsonBody(startRotationSchema, request.body, request.headers['content-type']);
        const { outcome, moment } = await operations.startRotation(meshOf(request), body);
        return { status: outcome === 'started' ? 201 : 200, body: describe(moment) };
      },
    },
    {
      method: 'POST',
      url: '/v1/meshes/:mesh/abort',
      answer: async (request) => {
        const body = readJsonBody(abortRequestSchema, request.body, request.headers['content-type']);
        return ok(describe(await operations.abortRotation(meshOf(request), body)));
      },
    },
    {
      method: 'POST',
      url: '/v1/meshes/:mesh/clusters/:cluster/exclude',
      answer: async (request) => {
        const body = readJsonBody(operatorActSchema, request.body, request.headers['content-type']);
        return ok(describe(await operations.excludeCluster(meshOf(request), clusterOf(request), body)));
      },
    },
    {
      method: 'POST',
      url: '/v1/meshes/:mesh/clusters/:cluster/include',
      answer: async (request) => {
        const body = readJsonBody(operatorActSchema, request.body, request.headers['content-type']);
        return ok(describe(await operations.includeCluster(meshOf(request), clusterOf(request), body)));
      },
    },
    {
      method: 'POST',
      url: '/v1/meshes/:mesh/verification',
      answer: async (request) => {
        const body = readJsonBody(verificationAnswerSchema, request.body, request.headers['content-type']);
        return ok(describe(await operations.answerVerification(meshOf(request), body)));
      },
    },
  ];
}

function ok(body: unknown): Answer {
  return { status: 200, body };
}

/** @throws RR_NAME_INVALID */
function meshOf(request: RouteRequest): string {
  return requireName('mesh', paramOf(request, 'mesh'));
}

/** @throws RR_NAME_INVALID */
function clusterOf(request: RouteRequest): string {
  return requireName('cluster', paramOf(request, 'cluster'));
}

function paramOf({ params }: RouteRequest, name: string): string {
  const value: unknown = typeof params === 'object' && params !== null ? Reflect.get(params, name) : undefined;
  return typeof value === 'string' ? value : '';
}
