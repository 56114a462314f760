import { RerootError } from '@reroot/shared/errors';
import type { MeshMoment, Operations } from '../runner/index.ts';
import { describeCluster } from './describe-cluster.ts';
import { describeEvidence, evidenceList } from './describe-evidence.ts';
import { listLaggards } from './list-laggards.ts';
import { pageOf, readPage } from './page.ts';
import { clusterOf, meshOf, type Route, type RouteRequest, reply, route } from './route.ts';

/** What these routes work with. */
export interface MemberRouteOptions {
  readonly operations: Pick<Operations, 'readMesh'>;
}

/** The clusters of a mesh, what each provably holds, and what the gates wait for: page by page, for there may be thousands. */
export function memberRoutes({ operations }: MemberRouteOptions): readonly Route[] {
  const momentWith = async (request: RouteRequest): Promise<{ readonly moment: MeshMoment; readonly cluster: string }> => {
    const [mesh, cluster] = [meshOf(request), clusterOf(request)];
    const moment = await operations.readMesh(mesh);
    if (moment.snapshot.clusters.includes(cluster)) return { moment, cluster };
    throw new RerootError('RR_CLUSTER_NOT_FOUND', `cluster ${cluster} does not belong to mesh ${mesh}`);
  };
  return [
    route('listMembers', async (request) => {
      const page = readPage('clusters', request.query);
      const moment = await operations.readMesh(meshOf(request));
      const names = moment.snapshot.clusters.toSorted();
      const { items, next } = pageOf('clusters', names, page, {
        keyOf: (name) => [name],
        isAfter: (name, [last = '']) => name > last,
      });
      return reply(200, { clusters: items.map((cluster) => describeCluster(cluster, moment)), ...next });
    }),
    route('readMember', async (request) => {
      const { moment, cluster } = await momentWith(request);
      return reply(200, describeCluster(cluster, moment));
    }),
    route('readEvidence', async (request) => {
      const page = readPage(evidenceList, request.query);
      const { moment, cluster } = await momentWith(request);
      return reply(200, describeEvidence(cluster, moment, page));
    }),
    route('listLaggards', async (request) => {
      const page = readPage('laggards', request.query);
      const moment = await operations.readMesh(meshOf(request));
      return reply(200, listLaggards(moment, page));
    }),
  ];
}
