/** The HTTP API, and who may use it. */

export type { Gatekeeper } from './access/gatekeeper.ts';
export { openGatekeeper } from './access/open-gatekeeper.ts';
export { apiConfigSchema } from './api-config.ts';
export { type ApiStage, createApiStage } from './api-stage.ts';
export { addDashboard } from './dashboard/add-dashboard.ts';
export { readDashboard, readEmbeddedDashboard } from './dashboard/read-dashboard.ts';
export { createAccountsView } from './describe-accounts.ts';
export { timestamp } from './describe-cluster.ts';
export { alarmsOf, describeCondition, describeMesh } from './describe-mesh.ts';
export { createForward, createHandOverDoor, type Forward } from './forward/index.ts';
export { type ListenAddress, listen } from './listen.ts';
export { addLive, type ChangeSignal, createChangeSignal, createLiveSource, type LiveSource } from './live/index.ts';
export { countRefusal, meshSamples, sample } from './metrics/index.ts';
export type { NotificationDesk } from './notification-routes.ts';
export { createPlanStarted } from './plan-routes.ts';
export type { Route } from './route.ts';
export { type ApiOptions, createApi } from './server.ts';
export { type ApiTls, openApiTls } from './tls/open-api-tls.ts';
