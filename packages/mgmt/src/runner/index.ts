/** The one loop: evidence in, decisions, stored transitions, desired trust out. */
export { alarmPolicyOf } from './alarms.ts';
export { type ClusterOperations, createClusterOperations } from './cluster-operations.ts';
export { canSignCrl, emergencyOf, outlookOf, paceOf } from './emergency.ts';
export { createTermsTeller, type TermsTeller, type TermsTellerOptions } from './link-terms.ts';
export { createListener, type Listener, type ListenerOptions } from './listener.ts';
export { createMeshLoop, type MeshLoop, type MeshLoopOptions, type MeshMoment } from './mesh-loop.ts';
export type { MeshView } from './mesh-view.ts';
export { type Meshes, openMeshes } from './meshes.ts';
export { type Applied, createOperations, type Operations, type OperationsOptions, type Started } from './operations.ts';
export { createPacer, type Pacer, type PacerOptions } from './pacer.ts';
export { createProofOperations, type ProofOperations } from './proof-operations.ts';
export { createPublisher, type Publisher, type PublisherOptions } from './publisher.ts';
export { createRefusing, type Refusing, type RefusingOptions } from './refusing.ts';
export { createRootOffers } from './root-offers.ts';
export { type Runner, type RunnerOptions, startRunner } from './runner.ts';
export { createSealer, type Letter, type Sealer, type SealerOptions } from './sealer.ts';
export { createStart } from './start-rotation.ts';
export { fieldsOf } from './verdict-log.ts';
