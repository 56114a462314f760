import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { waitFor } from '@reroot/shared/testing';

/** A playground as a person starts it. */
export interface PlaygroundProcess {
  /** What it has said so far. */
  said(): string;
  /** Ctrl-C; resolves with its exit code. */
  interrupt(): Promise<number | null>;
}

const readyTimeoutMs = 110_000;

/** Starts `./dev playground` and resolves when it says what to type. @param port of mgmt; the switchboard has the next one */
export async function startPlayground(dev: string, port: number): Promise<PlaygroundProcess> {
  const child: ChildProcess = spawn(dev, ['playground', '--port', String(port)], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = once(child, 'close');
  const ready = (): boolean => {
    if (child.exitCode !== null) throw new Error(`the playground has ended with exit code ${child.exitCode}:\n${said}`);
    return said.includes('/online\n');
  };
  await waitFor(ready, { timeoutMs: readyTimeoutMs, what: 'the playground to be up' });
  return {
    said: () => said,
    interrupt: async () => {
      child.kill('SIGINT');
      await ended;
      return child.exitCode;
    },
  };
}
