import { readdirSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { type NamesOf, type Sample, sampleOf } from './metric.ts';
import type { processMetrics } from './names.ts';

type Processes = typeof processMetrics;

/** How this process does, under the names that every dashboard knows. */
export function processSamples(): readonly Sample[] {
  const { rss, heapUsed, heapTotal, external } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  const files = openFiles();
  const plain = (name: Exclude<NamesOf<Processes, 'gauge' | 'counter'>, 'nodejs_version_info'>, value: number): Sample =>
    sampleOf<Processes, typeof name>(name, {}, value);
  return [
    plain('process_cpu_seconds_total', (user + system) / 1_000_000),
    plain('process_start_time_seconds', performance.timeOrigin / 1_000),
    plain('process_resident_memory_bytes', rss),
    ...(files === undefined ? [] : [plain('process_open_fds', files)]),
    plain('nodejs_eventloop_active_seconds_total', performance.eventLoopUtilization().active / 1_000),
    plain('nodejs_heap_size_used_bytes', heapUsed),
    plain('nodejs_heap_size_total_bytes', heapTotal),
    plain('nodejs_external_memory_bytes', external),
    sampleOf<Processes, 'nodejs_version_info'>('nodejs_version_info', { version: process.version }, 1),
  ];
}

/** Linux says it; undefined elsewhere. */
function openFiles(): number | undefined {
  try {
    return readdirSync('/proc/self/fd').length;
  } catch {
    return undefined;
  }
}
