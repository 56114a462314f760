/** The management server. */
export { type Mgmt, startMgmt } from './app.ts';
export { type MgmtConfig, mgmtConfigSchema } from './config.ts';
export type { MgmtOptions } from './open-ground.ts';
