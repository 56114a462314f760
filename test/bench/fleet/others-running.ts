import { readdirSync, readFileSync } from 'node:fs';

const everyMs = 250;

/** How many threads of other programs want a core. */
export interface OthersWatch {
  /** So far. */
  mean(): number;
  stop(): void;
}

/** @param pids what does not count */
export function watchOthers(pids: () => readonly number[]): OthersWatch {
  let [sum, looks] = [0, 0];
  const look = (): void => {
    const running = Number(/^procs_running (\d+)$/m.exec(readFileSync('/proc/stat', 'utf8'))?.[1] ?? 0);
    // This thread is one of them.
    const ours = 1 + pids().reduce((count, pid) => count + runningThreads(pid), 0);
    sum += Math.max(0, running - ours);
    looks += 1;
  };
  const timer = setInterval(look, everyMs);
  return {
    mean: () => (looks === 0 ? 0 : sum / looks),
    stop: () => clearInterval(timer),
  };
}

function runningThreads(pid: number): number {
  const tasks = `/proc/${pid}/task`;
  return readdirSync(tasks).filter((task) => stateOf(`${tasks}/${task}/stat`) === 'R').length;
}

/** Empty where the thread has just ended. */
function stateOf(file: string): string {
  try {
    const stat = readFileSync(file, 'utf8');
    return stat[stat.lastIndexOf(')') + 2] ?? '';
  } catch {
    return '';
  }
}
