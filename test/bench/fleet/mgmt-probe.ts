/**
 * Goes with mgmt by `--import`: each second it appends how long the event loop kept callers waiting, and what is on the heap; at
 * SIGURG it does so after a collection of garbage. With a folder in REROOT_BENCH_PROFILE, SIGUSR2 begins a profile of the processor and
 * the next one writes it there.
 */
import { appendFileSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';

const file = process.env['REROOT_BENCH_PROBE'] ?? '';
const delay = monitorEventLoopDelay({ resolution: 10 });
delay.enable();
const append = (because: 'time' | 'collected'): void => {
  const { heapUsed, heapTotal, external, arrayBuffers } = process.memoryUsage();
  const line = { atMs: Date.now(), because, longestMs: delay.max / 1e6 - 10, heapUsed, heapTotal, external, arrayBuffers };
  appendFileSync(file, `${JSON.stringify(line)}\n`);
  delay.reset();
};
setInterval(() => append('time'), 1_000).unref();
/** What finalizers let go of is collected by the next one. */
const collections = 3;
process.on('SIGURG', () => {
  const collect = (left: number): void => {
    globalThis.gc?.();
    if (left > 1) setTimeout(collect, 100, left - 1);
    else append('collected');
  };
  collect(collections);
});

const folder = process.env['REROOT_BENCH_PROFILE'];
if (folder !== undefined) {
  let session: Session | undefined;
  let count = 0;
  const toggle = async (): Promise<void> => {
    if (session === undefined) {
      session = new Session();
      session.connect();
      await session.post('Profiler.enable');
      await session.post('Profiler.start');
      return;
    }
    const { profile } = await session.post('Profiler.stop');
    session.disconnect();
    session = undefined;
    count += 1;
    writeFileSync(join(folder, `mgmt-${process.pid}-${count}.cpuprofile`), JSON.stringify(profile));
  };
  process.on('SIGUSR2', () => void toggle());
}
