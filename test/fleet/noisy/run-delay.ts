import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/**
 * Threads of this machine, as the files in which Linux tells for how long each could have run and had to wait, because
 * others had the processors (Documentation/scheduler/sched-stats.rst).
 */
export type Threads = readonly string[];

/** The thread that asks. */
export function thisThread(): Threads {
  return [`/proc/${readlinkSync('/proc/thread-self')}/schedstat`];
}

/** All threads that a process has now. */
export function threadsOf(pid: number): Threads {
  return readdirSync(`/proc/${pid}/task`).map((thread) => `/proc/${pid}/task/${thread}/schedstat`);
}

/** For how many milliseconds these have had to wait so far, all together. */
export function runDelayMs(threads: Threads): number {
  return threads.reduce((sum, file) => sum + Number(readFileSync(file, 'utf8').split(' ')[1]) / 1e6, 0);
}
