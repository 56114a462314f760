import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Capture } from './capture.ts';

const lookEveryMs = 100;

/**
 * Looks again and again at the arguments and the environment of every process that this one has started, or that one of
 * these has, and keeps them. A program that gives itself a title hides its arguments, so they must be seen before.
 * @returns ends it
 */
export function watchProcesses(capture: Capture): () => Promise<void> {
  const stopped = new AbortController();
  const watching = watch(capture, stopped.signal);
  return async () => {
    stopped.abort();
    await watching;
  };
}

async function watch(capture: Capture, signal: AbortSignal): Promise<void> {
  const known = new Set<number>();
  while (!signal.aborted) {
    for (const pid of await descendantsOf(process.pid)) {
      capture.add('process', `arguments of process ${pid}`, await read(`/proc/${pid}/cmdline`));
      if (known.has(pid)) continue;
      const environment = await read(`/proc/${pid}/environ`);
      if (environment.length === 0) continue;
      known.add(pid);
      capture.add('process', `environment of process ${pid}`, environment);
    }
    await delay(lookEveryMs, undefined, { signal }).catch(() => undefined);
  }
}

async function descendantsOf(ancestor: number): Promise<readonly number[]> {
  const children = new Map<number, number[]>();
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    // The name of a process stands in parentheses, and may hold anything; state and parent come after it (proc(5)).
    const parent = Number(/\) \S (\d+) /.exec((await read(`/proc/${entry}/stat`)).toString())?.[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(entry)]);
  }
  const found: number[] = [];
  for (let generation = [ancestor]; generation.length > 0; ) {
    generation = generation.flatMap((pid) => children.get(pid) ?? []);
    found.push(...generation);
  }
  return found;
}

/** Nothing of a process that has ended meanwhile. */
async function read(file: string): Promise<Buffer> {
  return readFile(file).catch(() => Buffer.alloc(0));
}
