import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const startTimeoutMs = 30_000;

/** Does something while programs of the lowest priority take all that is left of so many cores. */
export async function whileCoresAreBusy<T>(cores: number, act: () => Promise<T>): Promise<T> {
  const children = Array.from({ length: cores }, () => fork(join(import.meta.dirname, 'busy-main.ts')));
  try {
    await Promise.all(children.map(begun));
    return await act();
  } finally {
    await Promise.all(children.map(end));
  }
}

/** @throws Error where it ends before */
async function begun(child: ChildProcess): Promise<void> {
  const signal = AbortSignal.timeout(startTimeoutMs);
  const ended = once(child, 'exit', { signal }).then(() => Promise.reject(new Error('what keeps a core busy has ended')));
  await Promise.race([once(child, 'message', { signal }), ended]);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}
