import type { Condition, MeshStatus, ReplicaStatus, RootOffer } from '@reroot/shared/api';
import {
  buildOpenApi,
  type OpenApiDocument,
  operatorActSchema,
  rotationActSchema,
  startRotationSchema,
  verificationAnswerSchema,
} from '@reroot/shared/api-contract';
import { build } from '@reroot/shared/build';
import { RerootError } from '@reroot/shared/errors';
import { readMesh } from '../mesh/index.ts';
import type { MeshMoment, Operations } from '../runner/index.ts';
import { accessRoutes } from './access-routes.ts';
import { adoptionRoutes } from './adoption-routes.ts';
import { type AuditRouteOptions, auditRoutes } from './audit-routes.ts';
import { readAct, readDocumentBody } from './body.ts';
import { type ClusterRouteOptions, clusterRoutes } from './cluster-routes.ts';
import { describeCondition, describeMesh } from './describe-mesh.ts';
import { emergencyRoutes } from './emergency-routes.ts';
import { preconditionOf } from './etag.ts';
import { matrixRoutes } from './matrix-routes.ts';
import { memberRoutes } from './member-routes.ts';
import { type MetricsRouteOptions, metricsRoutes } from './metrics/index.ts';
import { type NotificationDesk, notificationRoutes } from './notification-routes.ts';
import { pageOf, readPage, type Walk } from './page.ts';
import { type PlanRouteOptions, planRoutes } from './plan-routes.ts';
import { preflightRoutes } from './preflight-routes.ts';
import { type ProofRouteOptions, proofRoutes } from './proof-routes.ts';
import { clusterOf, meshOf, openRoute, type Route, reply, route } from './route.ts';

/** What routes work with. */
export interface RouteOptions
  extends ClusterRouteOptions,
    ProofRouteOptions,
    MetricsRouteOptions,
    AuditRouteOptions,
    Pick<PlanRouteOptions, 'budgetsOf'> {
  readonly operations: Operations;
  readonly notifications: NotificationDesk;
  /** What the source of a mesh's roots offers. */
  readonly readOffer: (mesh: string) => RootOffer | undefined;
  readonly term: number;
  /** Of mgmt. */
  readonly version: string;
  /** Whether the bus is connected. */
  readonly isReady: () => boolean;
  /** This replica and the one that leads; undefined where there is but one. */
  readonly describeReplica?: (() => ReplicaStatus) | undefined;
}

/** Every route of the API; `packages/shared/src/api/operations` says what each takes and answers. */
export function routes(options: RouteOptions): readonly Route[] {
  const { operations, readOffer, term, isReady, version } = options;
  const describe = (moment: MeshMoment): MeshStatus => describeMesh(moment, term, readOffer(moment.view.stored.spec.mesh));
  const show = <const Status extends number>(status: Status, moment: MeshMoment) =>
    reply(status, describe(moment), moment.view.stored.revision);
  // Made when it is first asked for: it takes a while, and few ask.
  let document: OpenApiDocument | undefined;
  return [
    openRoute('readHealth', async () => reply(200, { status: 'ok' })),
    openRoute('readReadiness', async () => {
      if (!isReady()) throw new RerootError('RR_API_NOT_READY', 'the connection to the bus is down');
      return reply(200, { status: 'ready' });
    }),
    route('readOpenApi', async () => reply(200, { ...(document ??= buildOpenApi()) })),
    route('readVersion', async () => {
      const replica = options.describeReplica?.();
      return reply(200, { version, commit: build.commit, api: 'v1', ...(replica === undefined ? {} : { replica }) });
    }),
    route('listMeshes', async (request) => {
      const page = readPage('meshes', request.query);
      const { items, next } = pageOf('meshes', await operations.listMeshes(), page, meshWalk);
      return reply(200, { meshes: items.map(describe), ...next });
    }),
    route('readMesh', async (request) => show(200, await operations.readMesh(meshOf(request)))),
    route('applyMesh', async (request) => {
      const mesh = meshOf(request);
      const text = readDocumentBody(request.body, request.headers['content-type']);
      const { outcome, moment } = await operations.applyMesh(
        readMesh(text, mesh, 'body'),
        'told',
        preconditionOf(request.headers),
      );
      return show(outcome === 'created' ? 201 : 200, moment);
    }),
    route('readHistory', async (request) => {
      const page = readPage('history', request.query);
      const conditions = await operations.readHistory(meshOf(request));
      const { items, next } = pageOf('history', conditions.map(describeCondition), page, historyWalk);
      return reply(200, { conditions: items, ...next });
    }),
    route('startRotation', async (request) => {
      const body = readAct(startRotationSchema, request);
      const { outcome, moment } = await operations.startRotation(meshOf(request), body, preconditionOf(request.headers));
      return show(outcome === 'started' ? 201 : 200, moment);
    }),
    route('abortRotation', async (request) => {
      const body = readAct(rotationActSchema, request);
      return show(200, await operations.abortRotation(meshOf(request), body, preconditionOf(request.headers)));
    }),
    route('excludeCluster', async (request) => {
      const body = readAct(operatorActSchema, request);
      return show(
        200,
        await operations.excludeCluster(meshOf(request), clusterOf(request), body, preconditionOf(request.headers)),
      );
    }),
    route('includeCluster', async (request) => {
      const body = readAct(operatorActSchema, request);
      return show(
        200,
        await operations.includeCluster(meshOf(request), clusterOf(request), body, preconditionOf(request.headers)),
      );
    }),
    route('retryRotation', async (request) => {
      const body = readAct(rotationActSchema, request);
      return show(200, await operations.retryRotation(meshOf(request), body, preconditionOf(request.headers)));
    }),
    route('answerVerification', async (request) => {
      const body = readAct(verificationAnswerSchema, request);
      return show(200, await operations.answerVerification(meshOf(request), body, preconditionOf(request.headers)));
    }),
    ...accessRoutes(),
    ...emergencyRoutes(options),
    ...preflightRoutes(options),
    ...planRoutes(options),
    ...adoptionRoutes(operations, show),
    ...metricsRoutes(options),
    ...notificationRoutes(options),
    ...clusterRoutes(options),
    ...matrixRoutes(options),
    ...proofRoutes(options),
    ...memberRoutes(options),
    ...auditRoutes(options),
  ];
}

const meshWalk: Walk<MeshMoment> = {
  keyOf: ({ view }) => [view.stored.spec.mesh],
  isAfter: ({ view }, [last = '']) => view.stored.spec.mesh > last,
};

/** Entries have no names; two that say the same at the same millisecond are one to whoever reads them. */
const historyWalk: Walk<Condition> = {
  keyOf: ({ timestamp, generation, message }) => [timestamp, String(generation), message.slice(0, 200)],
  isAfter: ({ timestamp }, [last = '']) => timestamp > last,
};
