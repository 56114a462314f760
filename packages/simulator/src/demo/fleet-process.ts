import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, statSync } from 'node:fs';
import { systemClock } from '@reroot/shared/clock';
import { type ErrorCode, RerootError } from '@reroot/shared/errors';
import type { Reaper } from './reaper.ts';

/** What is run, and how one sees that it is ready. */
export interface ProcessPlan {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Everything that it writes is appended here. */
  readonly logFile: string;
  /** Its working directory; this process's, where it is left out. */
  readonly cwd?: string;
  /** Its whole environment; this process's, where it is left out. */
  readonly env?: Readonly<Record<string, string>>;
  /** Part of the log line that says that it is ready; undefined when it need not be waited for. */
  readonly readyText: string | undefined;
  /** What it means when the command cannot be run at all. */
  readonly missingCode: ErrorCode;
}

/** One process of the fleet; can be started again after it was ended. */
export interface FleetProcess {
  readonly name: string;
  readonly logFile: string;
  /** Of the running process; undefined when there is none. */
  pid(): number | undefined;
  /**
   * Starts it and resolves when it is ready.
   * @throws RR_PROCESS_ENDED when it ends before; RR_PROCESS_NOT_READY after the deadline; the signal's reason
   */
  start(signal: AbortSignal): Promise<void>;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
  /** SIGTERM, and SIGKILL if that is not heeded; resolves when it is gone. */
  stop(): Promise<void>;
}

const readyTimeoutMs = 30_000;
const readyIntervalMs = 25;
const stopTimeoutMs = 3_000;

/**
 * A process that is not started yet.
 * @param onEnded is told when it ends although nobody ended it
 */
export function createFleetProcess(plan: ProcessPlan, reaper: Reaper, onEnded: (error: RerootError) => void): FleetProcess {
  let child: ChildProcess | undefined;
  const launch = (): ChildProcess => {
    const started = spawnLogged(plan, reaper);
    child = started;
    // Without a listener a command that is missing would throw; its exit is told below.
    started.on('error', () => undefined);
    started.once('close', () => {
      killGroup(started);
      if (started.pid !== undefined) reaper.remove(started.pid);
      if (child !== started) return;
      child = undefined;
      onEnded(endedError(plan, started));
    });
    return started;
  };
  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    const ending = child;
    // What ends now was ended by us.
    child = undefined;
    if (ending !== undefined) await endProcess(ending, signal);
  };
  return {
    name: plan.name,
    logFile: plan.logFile,
    pid: () => child?.pid,
    start: async (signal) => {
      const logStart = sizeOf(plan.logFile);
      await waitUntilReady(plan, launch(), logStart, signal);
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  };
}

/** In a session of its own: Ctrl-C in the terminal reaches the launcher alone, which then stops all in order. */
function spawnLogged({ command, args, logFile, ...where }: ProcessPlan, reaper: Reaper): ChildProcess {
  const log = openSync(logFile, 'a');
  try {
    const child = spawn(command, args, { cwd: where.cwd, env: where.env, stdio: ['ignore', log, log], detached: true });
    if (child.pid !== undefined) reaper.add(child.pid);
    return child;
  } finally {
    closeSync(log);
  }
}

async function waitUntilReady(plan: ProcessPlan, child: ChildProcess, logStart: number, signal: AbortSignal): Promise<void> {
  const { name, logFile, readyText } = plan;
  if (readyText === undefined) return;
  const deadlineMs = systemClock.now() + readyTimeoutMs;
  while (!readFileSync(logFile).subarray(logStart).includes(readyText)) {
    signal.throwIfAborted();
    if (hasEnded(child)) throw endedError(plan, child);
    if (systemClock.now() > deadlineMs) {
      throw new RerootError('RR_PROCESS_NOT_READY', `${name} is not ready after ${readyTimeoutMs / 1000} s${lastLines(logFile)}`);
    }
    await systemClock.sleep(readyIntervalMs, signal);
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

async function endProcess(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (hasEnded(child)) return;
  const ended = once(child, 'close');
  if (signal === 'SIGKILL') killGroup(child);
  else child.kill(signal);
  const timer = setTimeout(() => {
    killGroup(child);
  }, stopTimeoutMs);
  await ended;
  clearTimeout(timer);
}

/** The process and what it has started itself: a proxy agent that is killed can no longer end its proxy. */
function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

function endedError({ name, command, missingCode, logFile }: ProcessPlan, child: ChildProcess): RerootError {
  if (child.pid === undefined) return new RerootError(missingCode, `${name} could not be started`, { place: command });
  const how = child.signalCode ?? `exit code ${child.exitCode}`;
  return new RerootError('RR_PROCESS_ENDED', `${name} ended with ${how}${lastLines(logFile)}`, { place: logFile });
}

/** The end of a log, to be put into an error: the file itself goes away with the fleet. */
function lastLines(logFile: string): string {
  const lines = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-20);
  return `; its log ends with:\n${lines.map((line) => `  ${line}`).join('\n')}\n`;
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
