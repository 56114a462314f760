/** What launchers of other fleets than simulated ones need: processes that do not outlive this one, and reroot's own. */
export { type ProgramFilesOptions, writeProgramFiles } from './fleet-files.ts';
export { createFleetProcess, type FleetProcess, type ProcessPlan } from './fleet-process.ts';
export { mgmtPlan, natsPlan, programPlan } from './program-plan.ts';
export { type Reaper, startReaper } from './reaper.ts';
