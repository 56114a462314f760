/** Which of several replicas leads: one Lease of Kubernetes, by the rules of client-go. */

export { createElector, type Elector, type ElectorOptions } from './elector.ts';
export { guardStore } from './guard-store.ts';
export { createKubernetesLease } from './kubernetes-lease.ts';
export type { LeaseLock } from './lease-lock.ts';
export { type LeaseRecord, tenureOf } from './lease-record.ts';
export { type ReplicasConfig, replicasOf, replicasSchema } from './replicas-schema.ts';
export type { Tenure } from './tenure.ts';
