/** The custom resources: wishes that are carried out by the operations of the API, and a picture of the store for kubectl. */
export { type OpenResourcesOptions, openResources, type Resources } from './open-resources.ts';
export { resourcesConfigSchema } from './resources-config.ts';
