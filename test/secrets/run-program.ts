import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import type { Capture } from './capture.ts';

/** A machine that does much else takes most of a minute to start a program. */
const timeoutMs = 180_000;
const programs = {
  reroot: resolve(import.meta.dirname, '../../packages/cli/src/main.js'),
  mgmt: resolve(import.meta.dirname, '../../packages/mgmt/src/main.ts'),
  agent: resolve(import.meta.dirname, '../../packages/simulator/src/agent-main.ts'),
} as const;

/** How a program ended. */
export interface Run {
  /** Null when it was ended. */
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a program is run. */
export interface RunOptions {
  readonly capture: Capture;
  readonly env?: Readonly<Record<string, string>>;
  /** `kept`: what goes to stdout is the secret itself, which the caller asked for. */
  readonly stdout?: 'captured' | 'kept';
  /** It is ended as soon as it has said this. */
  readonly until?: string;
}

/** Runs a program to its end, and captures what it says. */
export async function runProgram(
  program: keyof typeof programs,
  args: readonly string[],
  { capture, env = {}, stdout: wanted = 'captured', until }: RunOptions,
): Promise<Run> {
  const { promise, resolve: settle } = Promise.withResolvers<Run>();
  const options = { timeout: timeoutMs, env: { ...process.env, ...env } };
  const child = execFile(process.execPath, [programs[program], ...args], options, (_, stdout, stderr) => {
    settle({ exit: child.exitCode, stdout, stderr });
  });
  let said = '';
  child.stderr?.on('data', (text: string) => {
    said += text;
    if (until !== undefined && said.includes(until)) child.kill('SIGKILL');
  });
  const run = await promise;
  const place = [program, ...args].join(' ');
  if (wanted === 'captured') capture.add('output', `stdout of ${place}`, run.stdout);
  capture.add('output', `stderr of ${place}`, run.stderr);
  return run;
}
