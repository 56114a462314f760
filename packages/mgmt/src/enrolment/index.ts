/** Who speaks for the clusters: how they are added, enrol, change their keys and are shut out. */
export type { AddRequest } from './add-cluster.ts';
export type { Act } from './cluster-life.ts';
export {
  type ClusterTerms,
  type Enrolment,
  type EnrolmentOptions,
  openEnrolmentService,
  type RecordRename,
} from './enrolment.ts';
export { type FollowedEnrolment, followEnrolment } from './follow-enrolment.ts';
export { type NatsAccounts, openNatsAccounts, readCredentialsFile } from './nats-accounts.ts';
export { type NatsConfig, natsSchema } from './nats-schema.ts';
export { keyIdOf } from './record-keys.ts';
export { createRevocations } from './revocations.ts';
