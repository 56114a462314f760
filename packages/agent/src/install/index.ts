/**
 * The rules by which an agent takes desired trust and installs it. Pure: equal facts give equal plans.
 *
 *   requireNewerOrSame(offered, accepted);
 *   const plan = planInstall({ secret, desired, proof, history, nowMs, timings });
 *   const annotations = annotate(plan, secret, desired, nowMs);
 */
export {
  acceptedOf,
  compareAccepted,
  digestRow,
  nothingAccepted,
  requireNewerOrSame,
  requireTermInForce,
} from '../trust/accepted.ts';
export { type Desired, readDesired } from '../trust/desired.ts';
export type { TrustRow } from '../trust/trust-row.ts';
export { areAdjacent } from './adjacency.ts';
export { annotate, type WritingPlan } from './annotate.ts';
export { type History, noHistory, noteRestart, observe } from './history.ts';
export type { Adoption, InstallFacts, InstallPlan, InstallTimings } from './plan.ts';
export { planInstall } from './plan-install.ts';
export { allLoaded, type Proof, type ReplicaProof } from './proof.ts';
export { findRestartsDue } from './restart-due.ts';
