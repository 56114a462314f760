/** The one loop: evidence in, decisions, stored transitions, desired trust out. */
export { alarmPolicyOf } from './alarms.ts';
export { createClockWatch } from './clock-watch.ts';
export { type ClusterOperations, createClusterOperations } from './cluster-operations.ts';
export { paceOf } from './emergency.ts';
export type { FoundAdoption, FoundCluster } from './find-adoption.ts';
export { createFollowedMesh, type FollowedMesh } from './followed-mesh.ts';
export { type FollowedMeshes, followMeshes } from './followed-meshes.ts';
export { type Follower, type FollowerOptions, startFollower } from './follower.ts';
export { createTermsTeller, type TermsTeller, type TermsTellerOptions } from './link-terms.ts';
export { createListener, type Listener, type ListenerOptions } from './listener.ts';
export { createLookAtHost } from './look-at-host.ts';
export { createMeshLoop, type MeshLoop, type MeshLoopOptions, type MeshMoment } from './mesh-loop.ts';
export type { MeshView } from './mesh-view.ts';
export { type Meshes, openMeshes } from './meshes.ts';
export { notLeading, requireLeader } from './not-leading.ts';
export {
  type Applied,
  createOperations,
  type MeshAdoption,
  type Operations,
  type OperationsOptions,
  type Started,
} from './operations.ts';
export { createPacer, type Pacer, type PacerOptions } from './pacer.ts';
export type { Precondition } from './precondition.ts';
export { type Budgets, createPreflight, type Preflight, type PreflightCounts, type PreflightStart } from './preflight.ts';
export { createProofOperations, type ProofOperations } from './proof-operations.ts';
export { createPublisher, type Publisher, type PublisherOptions } from './publisher.ts';
export { createRefusing, type Refusing, type RefusingOptions } from './refusing.ts';
export { createRootOffers, type RootOffers } from './root-offers.ts';
export { type Runner, type RunnerOptions, startRunner } from './runner.ts';
export { createSealer, type Letter, type Sealer, type SealerOptions } from './sealer.ts';
export { createStart } from './start-rotation.ts';
export { createToldTimes, type ToldTimes } from './told-times.ts';
export { createStartWitness, type PlanStarted, type StartWitness } from './witness-start.ts';
