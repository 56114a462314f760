import type { Operations } from '../runner/index.ts';
import { renderMetrics } from './metrics.ts';
import { type Route, reply, route } from './route.ts';

/** What a Prometheus asks, with a token of role viewer. */
export function metricsRoutes({ operations }: { readonly operations: Operations }): readonly Route[] {
  return [
    route('readMetrics', async () => {
      const meshes = (await operations.listMeshes()).map((moment) => {
        return { moment, preflight: operations.lastPreflight(moment.view.stored.spec.mesh) };
      });
      return reply(200, renderMetrics(meshes));
    }),
  ];
}
