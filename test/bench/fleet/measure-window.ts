import type { BusTraffic } from './bus-traffic.ts';
import type { Crowd, CrowdCpu } from './crowd.ts';
import { forgetPeak, memoryOf } from './process-cost.ts';

/** What a fleet took between two moments. */
export interface Window {
  readonly seconds: number;
  /** Processor time, in seconds. */
  readonly cpu: CrowdCpu;
  readonly traffic: BusTraffic;
  /** Of mgmt: the most that was resident, in MB. */
  readonly peakMb: number;
  /** Of mgmt: the longest that its event loop kept a caller waiting, in milliseconds. */
  readonly longestDelayMs: number;
}

/** Begins to measure; the function that it gives ends that, and may be called again and again. */
export async function openWindow(crowd: Crowd): Promise<() => Promise<Window>> {
  forgetPeak(crowd.mgmtPid());
  const [cpu, traffic, atMs, startedMs] = [crowd.cpuSeconds(), await crowd.traffic(), Date.now(), performance.now()];
  return async () => {
    const [cpuNow, trafficNow] = [crowd.cpuSeconds(), await crowd.traffic()];
    return {
      seconds: (performance.now() - startedMs) / 1_000,
      cpu: { mgmt: cpuNow.mgmt - cpu.mgmt, broker: cpuNow.broker - cpu.broker, crowd: cpuNow.crowd - cpu.crowd },
      traffic: { bytes: trafficNow.bytes - traffic.bytes, messages: trafficNow.messages - traffic.messages },
      peakMb: memoryOf(crowd.mgmtPid()).peakMb,
      longestDelayMs: Math.max(0, ...crowd.secondsSince(atMs).map(({ longestMs }) => longestMs)),
    };
  };
}
