import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { MeshStatus } from '@reroot/shared/api';
import { launchFleet, meshDocument, type SimulatedFleet } from '@reroot/simulator/fleet-launcher';
import { bundleSources } from '../../tools/bundle/bundle-program.ts';
import { type BundledProgram, nodeOptionsOf } from '../../tools/bundle/programs.ts';
import { repository } from '../architecture/sources.ts';
import { cpuSecondsOf, forgetPeak, memoryOf } from './fleet/process-cost.ts';
import { atMost, type BenchRun, defineBench, measured, type Result } from './frame/bench.ts';
import { sampleOf } from './frame/sample.ts';

const mesh = 'bench';
const lookEveryMs = 20;
const timeoutMs = 120_000;
/** After a start: what is read and compiled then is not what an idle agent costs. */
const calmMs = 15_000;
const goals = { firstReportMs: 500, rssMb: 90, bundleMb: 4 };

const nodeOptions = nodeOptionsOf('reroot-agent');
const shipped: BundledProgram = {
  ...{ name: 'reroot-agent', description: 'measured', package: 'agent', entry: 'src/main.ts' },
  ...{ dashboard: 'none', nodeOptions },
};
/** The real agent with the port to a simulated cluster in the place of the one to Kubernetes. */
const simulated: BundledProgram = { ...shipped, name: 'agent', package: 'simulator', entry: 'src/agent-main.ts' };

async function bundle(program: BundledProgram): Promise<Uint8Array> {
  return (await bundleSources(program, { commit: 'unknown', committedAt: 'unknown' }, repository)).code;
}

/** What a start took: until it had done what it was started for, and of the processor until then. */
interface Start {
  readonly wallMs: number;
  readonly cpuMs: number;
}

/** A Node that has nothing to do. */
async function startNode(): Promise<Start> {
  const startedMs = performance.now();
  const tell = 'const { user, system } = process.cpuUsage(); console.log((user + system) / 1_000)';
  const { stdout } = await promisify(execFile)(process.execPath, [...nodeOptions, '--eval', tell]);
  return { wallMs: performance.now() - startedMs, cpuMs: Number(stdout) };
}

async function until(fleet: SimulatedFleet, isThere: (status: MeshStatus) => boolean, signal: AbortSignal): Promise<MeshStatus> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const status = await fleet.api.readMesh(mesh, signal);
    if (isThere(status)) return status;
    if (performance.now() > deadline) throw new Error(`not in time: ${status.state}, ${status.verdict.message}`);
    await delay(lookEveryMs, undefined, { signal });
  }
}

/** From the start of the process to the moment at which mgmt has its first report; both tell the time by one clock. */
async function startAgent(fleet: SimulatedFleet, signal: AbortSignal): Promise<Start> {
  const agent = agentOf(fleet);
  await agent.stop();
  const startedAtMs = Date.now();
  await agent.start(signal);
  const reportedAtMs = ({ clusters }: MeshStatus): number => Date.parse(clusters[0]?.lastReportAt ?? '');
  const status = await until(fleet, (seen) => reportedAtMs(seen) >= startedAtMs, signal);
  return { wallMs: reportedAtMs(status) - startedAtMs, cpuMs: cpuSecondsOf(agent.pid() ?? 0) * 1_000 };
}

/** Both in turn; the first of each warms up. */
async function measureStarts(fleet: SimulatedFleet, repeats: number, signal: AbortSignal): Promise<readonly Result[]> {
  const [nodes, agents]: [Start[], Start[]] = [[], []];
  for (let round = 0; round <= repeats; round += 1) {
    const [node, agent] = [await startNode(), await startAgent(fleet, signal)];
    if (round === 0) continue;
    nodes.push(node);
    agents.push(agent);
  }
  const [wallOf, cpuOf] = [({ wallMs }: Start) => wallMs, ({ cpuMs }: Start) => cpuMs];
  const wall = sampleOf(agents.map(wallOf));
  const besideNode = 'to a Node with nothing to do';
  return [
    { metric: 'start to first report', unit: 'ms', value: wall, limit: atMost(goals.firstReportMs) },
    {
      metric: `start to first report, ${besideNode}`,
      ...{ unit: 'ms', value: wall, limit: measured('bare Node', sampleOf(nodes.map(wallOf))) },
    },
    {
      metric: `processor time until the first report, ${besideNode}`,
      ...{ unit: 'ms', value: sampleOf(agents.map(cpuOf)), limit: measured('bare Node', sampleOf(nodes.map(cpuOf))) },
    },
  ];
}

function agentOf(fleet: SimulatedFleet) {
  const [agent] = fleet.agents.values();
  if (agent === undefined) throw new Error('the fleet has no agent');
  return agent;
}

async function measureIdle(fleet: SimulatedFleet, seconds: number, signal: AbortSignal): Promise<readonly Result[]> {
  const pid = agentOf(fleet).pid() ?? 0;
  await delay(calmMs, undefined, { signal });
  const [before, startedMs] = [cpuSecondsOf(pid), performance.now()];
  await delay(seconds * 1_000, undefined, { signal });
  const perHour = ((cpuSecondsOf(pid) - before) * 3_600_000) / (performance.now() - startedMs);
  const { nowMb } = memoryOf(pid);
  return [
    { metric: 'resident memory, idle', unit: 'MB', value: nowMb, limit: atMost(goals.rssMb) },
    { metric: `processor time of an idle hour, from ${seconds} s`, unit: 's', value: perHour },
  ];
}

async function measurePeak(fleet: SimulatedFleet, signal: AbortSignal): Promise<Result> {
  const pid = agentOf(fleet).pid() ?? 0;
  forgetPeak(pid);
  await fleet.api.startRotation(mesh, { by: 'bench' }, signal);
  await until(fleet, ({ state }) => state === 'FINISHED', signal);
  return {
    metric: 'resident memory, most in a rotation',
    unit: 'MB',
    value: memoryOf(pid).peakMb,
    limit: atMost(goals.rssMb),
  };
}

function launch(program: URL, signal: AbortSignal): Promise<SimulatedFleet> {
  return launchFleet({
    ...{ clusters: 1, mesh, ratePerSecond: 0, seed: 1, signal },
    agentProgram: () => program,
    agentNodeOptions: nodeOptions,
    // The usual ones, not those of the demo.
    agentSettings: () => ({ timings: {} }),
  });
}

/** Until the cluster is proven to hold the first root. */
async function settle(fleet: SimulatedFleet, signal: AbortSignal): Promise<void> {
  await fleet.api.applyMesh(
    mesh,
    meshDocument({ name: mesh, clusters: fleet.clusters, rootAlgorithm: 'KEY_ALGORITHM_ECDSA_P256' }),
    signal,
  );
  await until(fleet, ({ verdict }) => verdict.passed, signal);
}

async function measureRunning(program: URL, repeats: number, idleSeconds: number, run: BenchRun): Promise<readonly Result[]> {
  const { signal } = run;
  run.progress('a fleet of one cluster starts');
  const fleet = await launch(program, signal);
  try {
    await settle(fleet, signal);
    run.progress('starts of the agent');
    const starts = await measureStarts(fleet, repeats, signal);
    run.progress(`${idleSeconds} s of rest`);
    const idle = await measureIdle(fleet, idleSeconds, signal);
    run.progress('a rotation');
    return [...starts, ...idle, await measurePeak(fleet, signal)];
  } finally {
    await fleet.stop();
  }
}

export default defineBench({
  about: 'starts the bundled agent of one simulated cluster, over a real nats-server, and lets it rest and rotate',
  params: { repeats: 7, idleSeconds: 120 },
  long: { idleSeconds: 3_600 },
  measure: async ({ repeats, idleSeconds }, run) => {
    const dir = await mkdtemp(join(tmpdir(), 'reroot-agent-bench-'));
    try {
      run.progress('bundling');
      const size = (await bundle(shipped)).length / 1e6;
      const file = join(dir, 'agent.mjs');
      await writeFile(file, await bundle(simulated));
      return [
        { metric: 'bundle of the agent as it is shipped', unit: 'MB', value: size, limit: atMost(goals.bundleMb) },
        ...(await measureRunning(pathToFileURL(file), repeats, idleSeconds, run)),
      ];
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  },
});
