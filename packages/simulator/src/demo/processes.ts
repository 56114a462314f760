/** What launchers of other fleets than simulated ones need: processes that do not outlive this one, and reroot's own. */
export { createRemoteCluster } from '../control/remote-cluster.ts';
export { createFleetControl, type SimulatorControl } from './fleet-control.ts';
export { type ProgramFilesOptions, writeJoinFiles, writeProgramFiles } from './fleet-files.ts';
export { createFleetProcess, type FleetProcess, type ProcessPlan } from './fleet-process.ts';
export { type NatsSetup, setUpNats } from './nats-setup.ts';
export { mgmtPlan, natsPlan, plainNatsPlan, programPlan } from './program-plan.ts';
export { type Reaper, startReaper } from './reaper.ts';
