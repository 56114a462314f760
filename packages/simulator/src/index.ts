/** Clusters in a process: istiod's reload rules, workloads that re-sign as sidecars do, real mTLS between them. */
export { createSimulatedCluster, type SimulatedCluster } from './cluster/simulated-cluster.ts';
export { type Control, startControl } from './control/control.ts';
export { createRemoteCluster } from './control/remote-cluster.ts';
export { type SimulatedFleet, startFleet } from './fleet/fleet.ts';
export { type FleetConfig, fleetConfigSchema } from './fleet/fleet-config.ts';
