/**
 * Goes with mgmt by `--import`: each second it appends how long the event loop kept callers waiting. With a folder in
 * REROOT_BENCH_PROFILE, SIGUSR2 begins a profile of the processor and the next one writes it there.
 */
import { appendFileSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';

const file = process.env['REROOT_BENCH_PROBE'] ?? '';
const delay = monitorEventLoopDelay({ resolution: 10 });
delay.enable();
setInterval(() => {
  const { heapUsed, heapTotal, external, arrayBuffers } = process.memoryUsage();
  const line = { atMs: Date.now(), longestMs: delay.max / 1e6 - 10, heapUsed, heapTotal, external, arrayBuffers };
  appendFileSync(file, `${JSON.stringify(line)}\n`);
  delay.reset();
}, 1_000).unref();

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
