import { join } from 'node:path';
import { RerootError } from '@reroot/shared/errors';
import { createFleetProcess, type FleetProcess, type ProcessPlan, type Reaper } from '@reroot/simulator/processes';

/** More about a process of the lab; what it writes goes to a file that is named for it. */
export type ProcessDetails = Partial<Pick<ProcessPlan, 'cwd' | 'env' | 'readyText'>> & {
  /** Told when it ends although nobody ended it; otherwise the whole lab is told. */
  readonly onEnded?: (error: RerootError) => void;
};

/** Makes a process, which is not started yet and does not outlive the lab. */
export type CreateProcess = (name: string, command: string, args: readonly string[], details: ProcessDetails) => FleetProcess;

/** Makes a process by a whole plan; its end is always told to the lab. */
export type CreatePlanned = (plan: ProcessPlan) => FleetProcess;

/** Every process that is made, and the end of all of them. */
export interface LabProcesses {
  readonly create: CreateProcess;
  readonly createPlanned: CreatePlanned;
  /** Aborts when a process ends by itself that the lab cannot do without. */
  readonly broken: AbortSignal;
  readonly all: readonly FleetProcess[];
  /** Kills all that still run, at once. */
  killAll(): Promise<void>;
}

/** @param logDir where the logs go */
export function createLabProcesses(logDir: string, reaper: Reaper): LabProcesses {
  const broken = new AbortController();
  const all: FleetProcess[] = [];
  let closed = false;
  const add = (plan: ProcessPlan, onEnded = (error: RerootError): void => broken.abort(error)): FleetProcess => {
    const process = createFleetProcess(plan, reaper, onEnded);
    all.push(process);
    return {
      ...process,
      start: async (signal) => {
        // Nobody would end what is started now.
        if (closed) throw new RerootError('RR_PROCESS_ENDED', `${plan.name} is not started: the lab has ended`);
        await process.start(signal);
      },
    };
  };
  return {
    all,
    broken: broken.signal,
    createPlanned: (plan) => add(plan),
    create: (name, command, args, { onEnded, readyText, ...where }) => {
      const logFile = join(logDir, `${name}.log`);
      return add({ ...where, name, command, args, readyText, logFile, missingCode: 'RR_PROCESS_ENDED' }, onEnded);
    },
    killAll: async () => {
      closed = true;
      await Promise.all(all.map((process) => process.kill()));
    },
  };
}
