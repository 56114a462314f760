import { type ChildProcess, spawn } from 'node:child_process';

/** Where and how a command is run. */
export interface CommandOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

/** What is kept of the output, for the error. */
const keptLines = 15;
const keptBytes = 64 * 1024;

/**
 * Runs a command to its end and gives what it wrote, both streams together.
 * @throws Error with the end of what it wrote when it fails or outlives its time; the signal's reason
 */
export async function runCommand(command: string, args: readonly string[], options: CommandOptions): Promise<string> {
  const { cwd, env, signal, timeoutMs } = options;
  signal.throwIfAborted();
  // A group of its own: a compiler that go started must end with go.
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output = (output + text).slice(-keptBytes)));
  }
  const deadline = AbortSignal.timeout(timeoutMs);
  const stop = AbortSignal.any([signal, deadline]);
  const end = (): void => endGroup(child);
  stop.addEventListener('abort', end);
  try {
    const problem = await problemOf(child);
    signal.throwIfAborted();
    if (deadline.aborted) throw new Error(`${command} ${args[0] ?? ''} is not done after ${timeoutMs / 1000} s${endOf(output)}`);
    if (problem !== undefined) throw new Error(`${command} ${args[0] ?? ''} ${problem}${endOf(output)}`);
    return output;
  } finally {
    stop.removeEventListener('abort', end);
  }
}

async function problemOf(child: ChildProcess): Promise<string | undefined> {
  return await new Promise((resolve) => {
    child.once('error', (error) => {
      resolve(`cannot be run: ${error.message}`);
    });
    child.once('close', (code, killedBy) => {
      resolve(code === 0 ? undefined : `ended with ${killedBy ?? `exit code ${code ?? 'unknown'}`}`);
    });
  });
}

function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

function endOf(output: string): string {
  const lines = output.trimEnd().split('\n').slice(-keptLines);
  return output.trim() === '' ? '' : `:\n${lines.map((line) => `    ${line}`).join('\n')}`;
}
