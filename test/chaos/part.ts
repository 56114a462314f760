import { setTimeout as delay } from 'node:timers/promises';
import { errorMessage } from '@reroot/shared/errors';
import { createFleetProcess, type FleetProcess, type ProcessPlan, type Reaper } from '@reroot/simulator/processes';

/** A process of the fleet that faults strike. When it ends by itself it is started again, as a kubelet does. */
export interface Part {
  readonly name: string;
  readonly logFile: string;
  start(): Promise<void>;
  /** SIGKILL, or SIGTERM; it stays away until it is raised as often as it was brought down. */
  bringDown(how: 'kill' | 'stop'): Promise<void>;
  /** Starts it again, unless somebody else keeps it down. */
  raise(): Promise<void>;
  pause(): void;
  resume(): void;
  pid(): number | undefined;
  /** Whether it can answer. */
  state(): 'running' | 'paused' | 'down';
}

/** What every part has in common. */
export interface PartSurroundings {
  readonly reaper: Reaper;
  readonly signal: AbortSignal;
  /** Told when it ends although nobody ended it. */
  readonly onEnded: (name: string, problem: string) => void;
  /** Told before it is started. */
  readonly onStart?: () => void;
}

const restartAfterMs = 300;

/** A part that is not started yet. */
export function createPart(plan: ProcessPlan, { reaper, signal, onEnded, onStart = () => undefined }: PartSurroundings): Part {
  let heldDown = 0;
  let paused = 0;
  let starting: Promise<void> | undefined;
  const process: FleetProcess = createFleetProcess(plan, reaper, (error) => {
    if (signal.aborted) return;
    onEnded(plan.name, errorMessage(error));
    void delay(restartAfterMs).then(raise);
  });
  const raise = async (): Promise<void> => {
    if (heldDown > 0 || signal.aborted || process.pid() !== undefined) return;
    // One that ends before it is ready is told of as any other that ends.
    onStart();
    starting = process.start(signal).catch(() => undefined);
    await starting;
  };
  const send = (name: NodeJS.Signals): void => {
    const pid = process.pid();
    if (pid !== undefined) globalThis.process.kill(-pid, name);
  };
  return {
    name: plan.name,
    logFile: plan.logFile,
    start: () => {
      onStart();
      return process.start(signal);
    },
    bringDown: async (how) => {
      heldDown += 1;
      await process[how]();
    },
    raise: async () => {
      heldDown -= 1;
      await raise();
    },
    pause: () => {
      paused += 1;
      send('SIGSTOP');
    },
    resume: () => {
      paused -= 1;
      // Somebody else may have it stand still for longer.
      if (paused === 0) send('SIGCONT');
    },
    pid: () => process.pid(),
    state: () => (process.pid() === undefined ? 'down' : paused > 0 ? 'paused' : 'running'),
  };
}
