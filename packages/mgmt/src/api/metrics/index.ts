/** What Prometheus is told. */
export { countRefusal, countRequests } from './count-requests.ts';
export { sample } from './measured-mesh.ts';
export { meshSamples } from './mesh-samples.ts';
export { type MetricsRouteOptions, metricsRoutes } from './metrics-routes.ts';
