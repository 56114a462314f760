/**
 * What is done with a store as a whole while no mgmt has it: to put it into another one, or into a file and back.
 *
 *   const carried = await restoreStore(config, { file, what: 'everything' }, { clock, by, keys: 'included', … });
 */
export {
  type BackedUp,
  backUpStore,
  type Carried,
  type CarryOptions,
  copyStore,
  raiseStoreTerm,
  restoreStore,
  tryCopy,
  tryRestore,
} from './carry-store.ts';
export { type MgmtConfig, mgmtConfigSchema } from './config.ts';
export { checkImage } from './store/index.ts';
