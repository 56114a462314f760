import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '@reroot/shared/clock';
import type { ProcessPlan } from '@reroot/simulator/processes';
import { environmentOf, nodeOptionsOf } from '../../../tools/bundle/programs.ts';

/** What was seen of mgmt in one second. */
export interface ProbedSecond {
  readonly atMs: number;
  /** The longest that the event loop kept a caller waiting. */
  readonly longestMs: number;
  readonly heapUsed: number;
  readonly external: number;
  /** `collected`: the line was written after garbage was, because somebody asked. */
  readonly because: 'time' | 'collected';
}

const collectTimeoutMs = 60_000;
const lookEveryMs = 250;

/** The chart gives mgmt 1 GiB; where that is the limit Node ends the heap of what lives long at half of it, and collects garbage the sooner. */
const ofPod = ['--max-old-space-size=512'];

/** The plan of a mgmt that says each second how it is: `mgmt-probe.ts` goes with it. It is given what its image and its pod give it. */
export function probed(plan: ProcessPlan, dir: string, profileDir: string | undefined): ProcessPlan {
  const profile = profileDir === undefined ? {} : { REROOT_BENCH_PROFILE: profileDir };
  return {
    ...plan,
    args: [
      ...nodeOptionsOf('reroot-mgmt'),
      ...ofPod,
      ...profileArgs(profileDir),
      ...['--expose-gc', '--import', new URL('mgmt-probe.ts', import.meta.url).href, ...plan.args],
    ],
    env: {
      ...(process.env as Record<string, string>),
      ...environmentOf('reroot-mgmt'),
      REROOT_BENCH_PROBE: probeFile(dir),
      ...profile,
    },
  };
}

/** @param profileDir nothing is profiled without it */
export function profileArgs(profileDir: string | undefined): string[] {
  return profileDir === undefined ? [] : ['--cpu-prof', '--cpu-prof-dir', profileDir];
}

function probeFile(dir: string): string {
  return join(dir, 'mgmt-probe.jsonl');
}

/** What the probe of the mgmt in that folder has written so far. */
export function readProbe(dir: string): readonly ProbedSecond[] {
  const lines = readFileSync(probeFile(dir), 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as ProbedSecond);
}

/** Lets mgmt collect its garbage, and gives what is in use then, on its heap and beside it. */
export async function measureLiveBytes(dir: string, mgmtPid: number, signal: AbortSignal): Promise<number> {
  const askedAtMs = Date.now();
  process.kill(mgmtPid, 'SIGURG');
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(collectTimeoutMs)]);
  for (;;) {
    const found = readProbe(dir).find(({ because, atMs }) => because === 'collected' && atMs >= askedAtMs);
    if (found !== undefined) return found.heapUsed + found.external;
    await systemClock.sleep(lookEveryMs, deadline);
  }
}
