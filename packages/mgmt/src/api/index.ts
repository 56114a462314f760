/** The HTTP API, and who may use it. */

export { openGatekeeper } from './access/open-gatekeeper.ts';
export { apiConfigSchema } from './api-config.ts';
export { addDashboard } from './dashboard/add-dashboard.ts';
export { readDashboard } from './dashboard/read-dashboard.ts';
export { createAccountsView } from './describe-accounts.ts';
export { alarmsOf } from './describe-mesh.ts';
export { type ListenAddress, listen } from './listen.ts';
export { addLive, createChangeSignal, createLiveSource } from './live/index.ts';
export { countRefusal, meshSamples, sample } from './metrics/index.ts';
export type { NotificationDesk } from './notification-routes.ts';
export { createPlanStarted } from './plan-routes.ts';
export { type ApiOptions, createApi } from './server.ts';
export { openApiTls } from './tls/open-api-tls.ts';
