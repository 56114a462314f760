import { mkdtemp, readdir, readFile, readlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from '@reroot/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Lab, startLab } from './lab.ts';
import { planThreeClusters } from './lab-plan.ts';
import { createPluggedCas } from './testing/plugged-ca.ts';
import { countHandshakes } from './traffic/count-handshakes.ts';
import { type LabTraffic, startTraffic } from './traffic/traffic.ts';
import { createWitness, type Truth } from './truth/read-truth.ts';

const signal = AbortSignal.timeout(240_000);
let lab: Lab;
let traffic: LabTraffic;

beforeAll(async () => {
  const plans = planThreeClusters();
  const cas = await createPluggedCas(plans.length);
  const dir = await mkdtemp(join(tmpdir(), 'reroot-lab-'));
  lab = await startLab({ clusters: plans.map((plan, index) => ({ ...plan, ca: cas[index]! })), dir, signal });
  await Promise.all([...lab.clusters.values()].map((cluster) => cluster.untilReady(signal)));
  traffic = startTraffic({ clusters: [...lab.clusters.values()], ratePerSecond: 60, random: Math.random });
});
afterAll(async () => {
  await lab.stop();
});

describe('three clusters of real servers', () => {
  it('talk to one another, each request over a handshake of its own', async () => {
    await waitFor(() => traffic.count().ok >= 500, { timeoutMs: 60_000, what: '500 requests' });
    await traffic.stop();
    const { ok, failed, byPair } = traffic.count();
    expect(failed).toBe(0);
    expect(Object.keys(byPair)).toHaveLength(9);
    const pods = [...lab.clusters.values()].flatMap((cluster) => cluster.workloadPods());
    expect(await countHandshakes(pods, signal)).toEqual({ requests: ok, connections: ok, handshakes: ok, resumed: 0 });
  });

  it('hold what a witness sees in each istiod, ConfigMap and Envoy', async () => {
    for (const cluster of lab.clusters.values()) {
      const { ca } = cluster.plan;
      if (typeof ca === 'string') throw new Error('this cluster was given a CA');
      const truth = await (await createWitness(cluster)).look();
      expect(rootsIn(truth)).toEqual(new Set([ca.rootCert.trim()]));
      expect(truth.replicas).toHaveLength(cluster.plan.replicas);
      expect(truth.namespaces.map(({ namespace }) => namespace)).toContain('default');
    }
  });

  it('leave no process behind', async () => {
    expect(await commandsIn(lab.dir)).toContainEqual(expect.stringMatching(/envoy/));
    await traffic.stop();
    await lab.stop();
    // The one that removes the directory is the last to go.
    await waitFor(async () => (await commandsIn(lab.dir)).length === 0, { timeoutMs: 10_000, what: 'every process to be gone' });
    expect(lab.processes.all.filter((process) => process.pid() !== undefined)).toEqual([]);
    expect(lab.broken.aborted).toBe(false);
  });
});

/** Command lines of all processes that work in this directory or were told of it, grandchildren too. */
async function commandsIn(dir: string): Promise<readonly string[]> {
  const pids = (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid);
  const found = await Promise.all(
    pids.map(async (pid) => {
      // It may be gone by now.
      const command = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ');
      const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => '');
      return command.includes(dir) || cwd.startsWith(dir) ? [command] : [];
    }),
  );
  return found.flat();
}

/** Every root bundle that was seen anywhere. */
function rootsIn({ replicas, namespaces, workloads }: Truth): ReadonlySet<string | undefined> {
  const seen = [...replicas, ...workloads].map((place) =>
    place.seen.kind === 'seen' ? place.seen.held.rootCert : place.seen.why,
  );
  return new Set([...seen, ...namespaces.map(({ rootCert }) => rootCert)].map((text) => text?.trim()));
}
