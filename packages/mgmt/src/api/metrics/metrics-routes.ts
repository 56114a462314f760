import { type Route, reply, route } from '../route.ts';

/** What these routes work with. */
export interface MetricsRouteOptions {
  /** All that mgmt measures, in the text format of Prometheus. */
  readonly readMetrics: () => Promise<string>;
}

/** What a Prometheus asks, with a token of role viewer. */
export function metricsRoutes({ readMetrics }: MetricsRouteOptions): readonly Route[] {
  return [route('readMetrics', async () => reply(200, await readMetrics()))];
}
