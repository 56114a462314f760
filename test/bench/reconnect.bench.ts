import { setTimeout as delay } from 'node:timers/promises';
import { openMgmtEnd } from '@reroot/mgmt/testing-end';
import { systemClock } from '@reroot/shared/clock';
import { silentLog } from '@reroot/shared/log';
import { generateIdentity } from '@reroot/shared/protocol';
import { startNatsServer } from '@reroot/shared/testing-nats';
import { backOffMs, connectBus, orAbort } from '@reroot/shared/transport';
import { makeBenchMesh, mesh } from './crowd/bench-mesh.ts';
import { nowMs } from './crowd/orders.ts';
import { mostProcesses, startCrowd } from './crowd/start-crowd.ts';
import { cpuSecondsOf } from './fleet/process-cost.ts';
import { type BenchRun, defineBench, measured, type Result } from './frame/bench.ts';

const goal = { atMost: 1.5 };
const secondMs = 1_000;
const backTimeoutMs = 180_000;

export default defineBench({
  about: 'kills the nats-server under the links of many agents, starts it again, and waits until all are back and heard',
  params: { links: 5_000, downSeconds: 5, processes: 2 },
  takes: { processes: { to: mostProcesses } },
  measure: async ({ links, downSeconds, processes }, run) => {
    const undo: (() => Promise<unknown>)[] = [];
    try {
      return await measureOutage({ links, downMs: downSeconds * 1_000, processes }, run, undo);
    } finally {
      for (const each of undo.toReversed()) await each();
    }
  },
});

interface Outage {
  readonly links: number;
  readonly downMs: number;
  readonly processes: number;
}

async function measureOutage(
  { links, downMs, processes }: Outage,
  run: BenchRun,
  undo: (() => Promise<unknown>)[],
): Promise<readonly Result[]> {
  const first = await startNatsServer();
  undo.push(() => first.kill());
  const { members, roots, report } = await makeBenchMesh(links);
  const crowd = startCrowd('links', processes, run.signal);
  undo.push(() => crowd.stop());
  const mgmt = generateIdentity();
  const agents = await crowd.connect({
    url: first.url,
    mesh,
    links: members,
    agent: { mgmtPublicKey: mgmt.publicKeyPem, report },
  });
  const bus = await connectBus({ servers: [first.url], name: 'reroot-mgmt', log: silentLog, signal: run.signal });
  undo.push(() => bus.close());
  const end = openMgmtEnd({ bus, mesh, identity: mgmt.identity, agents, roots, clock: systemClock });
  undo.push(async () => end.close());
  const told = await crowd.expect({ kind: 'generation', generation: end.nextGeneration() });
  end.tellAll();
  await told.arrived;
  run.progress(`${links} links stand, and hold what they were told`);

  const back = await crowd.expect({ kind: 'reconnected' });
  const heard = hearEach(links);
  end.onTaken((cluster) => heard.note(cluster));
  const lostAtMs = nowMs();
  await first.kill();
  await delay(downMs, undefined, { signal: run.signal });
  const second = await startNatsServer({ port: first.port });
  undo.push(() => second.kill());
  const upAtMs = nowMs();
  let isFirst = true;
  undo.push(async () => stopTelling());
  const stopTelling = bus.onStatus((status) => {
    // The first call says how it stands now.
    if (status === 'connected' && !isFirst) end.tellAgain();
    isFirst = false;
  });
  const watch = watchBroker(second.pid);
  const deadline = AbortSignal.any([run.signal, AbortSignal.timeout(backTimeoutMs)]);
  const [standing, heardAtMs] = await Promise.all([orAbort(back.arrived, deadline), orAbort(heard.all, deadline)]);
  const broker = watch.stop();
  const promised = simulateReturns(links, upAtMs - lostAtMs);
  const came = standing.map((atMs) => atMs - upAtMs);
  const seconds = (ms: number): number => ms / secondMs;
  return [
    {
      ...{ metric: 'server up to the last link that stands', unit: 's', value: seconds(came.at(-1) ?? Number.NaN) },
      limit: measured('the jitter alone', seconds(promised.at(-1) ?? Number.NaN), goal),
    },
    {
      ...{ metric: 'most links that came within a second', unit: '/s', value: mostWithin(came) },
      limit: measured('the jitter alone', mostWithin(promised), goal),
    },
    { metric: 'server up to the last agent that mgmt has heard again', unit: 's', value: seconds(heardAtMs - upAtMs) },
    { metric: 'most reports that mgmt took in within a second', unit: '/s', value: mostWithin(heard.moments()) },
    { metric: 'reports until all were heard', unit: 'reports', value: heard.moments().length },
    { metric: 'of a core for the broker, in its busiest second', unit: 'cores', value: broker.peakCores },
  ];
}

/** Hears until each has spoken once. */
function hearEach(count: number): { readonly all: Promise<number>; note(cluster: string): void; moments(): readonly number[] } {
  const { promise, resolve } = Promise.withResolvers<number>();
  const spoke = new Set<string>();
  const moments: number[] = [];
  return {
    all: promise,
    note: (cluster) => {
      moments.push(nowMs());
      spoke.add(cluster);
      if (spoke.size === count) resolve(nowMs());
    },
    moments: () => moments,
  };
}

/** When each of so many would be back, were there nothing but the waits between attempts: in milliseconds after the server is up. */
function simulateReturns(count: number, downMs: number): readonly number[] {
  const returns = Array.from({ length: count }, () => {
    let atMs = 0;
    for (let attempt = 0; ; attempt += 1) {
      atMs += backOffMs(attempt, Math.random);
      if (atMs >= downMs) return atMs - downMs;
    }
  });
  return returns.toSorted((a, b) => a - b);
}

/** The most of them in any second, wherever it begins. */
function mostWithin(momentsMs: readonly number[]): number {
  const sorted = momentsMs.toSorted((a, b) => a - b);
  let most = 0;
  let from = 0;
  for (const [index, atMs] of sorted.entries()) {
    while (atMs - (sorted[from] ?? atMs) >= secondMs) from += 1;
    most = Math.max(most, index - from + 1);
  }
  return most;
}

/** Looks once a second how much of the processor a process has taken. Not a number where there is no /proc. */
function watchBroker(pid: number): { stop(): { readonly peakCores: number } } {
  let [lastMs, lastCpuMs, peakCores] = [nowMs(), cpuMsOf(pid), 0];
  const look = (): void => {
    const [atMs, cpuMs] = [nowMs(), cpuMsOf(pid)];
    peakCores = Math.max(peakCores, (cpuMs - lastCpuMs) / (atMs - lastMs));
    [lastMs, lastCpuMs] = [atMs, cpuMs];
  };
  const timer = setInterval(look, secondMs);
  return {
    stop: () => {
      clearInterval(timer);
      return { peakCores };
    },
  };
}

function cpuMsOf(pid: number): number {
  try {
    return cpuSecondsOf(pid) * 1_000;
  } catch {
    return Number.NaN;
  }
}
