/** The management server. */
export { type Mgmt, type MgmtOptions, startMgmt } from './app.ts';
export { type MgmtConfig, mgmtConfigSchema } from './config.ts';
