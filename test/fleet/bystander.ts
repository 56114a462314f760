import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { waitFor } from '@reroot/shared/testing';

/** A process beside the fleet, for what the fleet is not made of. */
export interface Bystander {
  /** Everything that it wrote to stderr. */
  output(): string;
  /** Kills it; resolves when it is gone. */
  stop(): Promise<void>;
}

/** Starts one of reroot's programs, and waits until it says that it is ready. */
export async function startBystander(script: string, args: readonly string[], signal: AbortSignal): Promise<Bystander> {
  const child = spawn(process.execPath, [script, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    signal,
    killSignal: 'SIGKILL',
  });
  let output = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.on('error', () => undefined);
  const ended = once(child, 'exit');
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  try {
    await waitFor(() => output.includes('"msg":"ready"') || child.exitCode !== null, { timeoutMs: 30_000, what: script });
  } catch (error) {
    await stop();
    throw error;
  }
  return { output: () => output, stop };
}
