import { RerootError } from '@reroot/shared/errors';
import { requireName } from '@reroot/shared/protocol';
import type { Operations } from '../runner/index.ts';
import { describeMatrix, describePair } from './describe-matrix.ts';
import { meshOf, paramOf, type Route, reply, route } from './route.ts';

/** The trust between the clusters of a mesh, and why one pair is as it is. */
export function matrixRoutes({ operations }: { readonly operations: Pick<Operations, 'readMesh'> }): readonly Route[] {
  return [
    route('readMatrix', async (request) => reply(200, describeMatrix(await operations.readMesh(meshOf(request))))),
    route('readTrustPair', async (request) => {
      const mesh = meshOf(request);
      const moment = await operations.readMesh(mesh);
      const [from, to] = (['from', 'to'] as const).map((side) => requireName('cluster', paramOf(request, side)));
      for (const cluster of [from ?? '', to ?? '']) {
        if (moment.snapshot.clusters.includes(cluster)) continue;
        throw new RerootError('RR_CLUSTER_NOT_FOUND', `cluster ${cluster} does not belong to mesh ${mesh}`);
      }
      return reply(200, describePair(moment, from ?? '', to ?? ''));
    }),
  ];
}
