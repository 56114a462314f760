import type { Operations } from '../runner/index.ts';
import { renderMetrics } from './metrics.ts';
import type { Route } from './route.ts';

/** The text format of Prometheus. */
const mediaType = 'text/plain; version=0.0.4; charset=utf-8';

/** What a Prometheus asks, with a token of role viewer. */
export function metricsRoutes({ operations }: { readonly operations: Operations }): readonly Route[] {
  return [
    {
      method: 'GET',
      url: '/metrics',
      permission: 'read',
      answer: async () => {
        const meshes = (await operations.listMeshes()).map((moment) => {
          return { moment, preflight: operations.lastPreflight(moment.view.stored.spec.mesh) };
        });
        return { status: 200, type: mediaType, body: renderMetrics(meshes) };
      },
    },
  ];
}
