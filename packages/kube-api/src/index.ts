/**
 * The API of Kubernetes as reroot uses it: JSON objects by path, over connections that answer in time or say why not, and
 * caches that follow a list by a watch.
 *
 *   const api = await openKubeApi({ program: { name: 'reroot-agent', version }, clock, random, log });
 */
export { clipMessage } from './clip-message.ts';
export { serviceAccountDirectory } from './in-cluster-credentials.ts';
export type { DeletePreconditions, KubeApi, KubeObject, ManagedFields, ObjectMeta, OwnerReference } from './kube-api.ts';
export { listObjects } from './list-objects.ts';
export { createObjectCache, type ObjectCache } from './object-cache.ts';
export { type OpenKubeApi, openKubeApi } from './open-kube-api.ts';
export { BodyTooLargeError, readBody } from './read-body.ts';
export { HttpStatusError } from './refusal.ts';
