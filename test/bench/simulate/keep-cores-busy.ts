import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const startTimeoutMs = 30_000;

/** Does something while programs of the lowest priority take all that is left of so many cores. */
export async function whileCoresAreBusy<T>(cores: number, act: () => Promise<T>): Promise<T> {
  const children = Array.from({ length: cores }, () => fork(join(import.meta.dirname, 'busy-main.ts')));
  try {
    await Promise.all(children.map((child) => once(child, 'message', { signal: AbortSignal.timeout(startTimeoutMs) })));
    return await act();
  } finally {
    await Promise.all(children.map(end));
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}
