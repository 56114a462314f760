import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ApiClient, createApiClient } from '@reroot/shared/api';
import { freePort } from '@reroot/shared/testing';
import { launchFleet } from '@reroot/simulator/fleet-launcher';
import { createFleetProcess, type FleetProcess, mgmtPlan, startReaper } from '@reroot/simulator/processes';
import { type MeshFleet, makeMesh, meshName } from '../scenarios/mesh-fleet.ts';
import { startTcpRelay, type TcpRelay } from './faults/tcp-relay.ts';
import type { ControlPlane } from './lab/cluster/control-plane.ts';
import { startControlPlaneAlone } from './lab/cluster/start-alone.ts';

/** One of the replicas of mgmt. */
export interface MgmtReplica {
  readonly process: FleetProcess;
  /** Of this replica alone. */
  readonly api: ApiClient;
  /** Its way to the API server. */
  readonly relay: TcpRelay;
  /** SIGSTOP, and SIGCONT. */
  freeze(): void;
  thaw(): void;
  log(): Promise<string>;
}

/** A mesh of simulated clusters whose mgmt has replicas, on a store in a real API server. Its API client asks any of them. */
export interface ReplicatedMesh extends MeshFleet {
  readonly controlPlane: ControlPlane;
  readonly replicas: readonly MgmtReplica[];
  /** The one that leads, as it says itself; waits for it. */
  leader(): Promise<MgmtReplica>;
  /** Waits until another one leads than before. @returns how long that took since the call */
  untilLed(by: (replica: MgmtReplica) => boolean): Promise<number>;
}

const namespace = 'reroot';
const patienceMs = 60_000;

/** @param count how many replicas @param mgmtSettings more of the configuration of each of them */
export async function launchReplicatedMesh(
  count: number,
  mgmtSettings: Readonly<Record<string, unknown>> = {},
): Promise<ReplicatedMesh> {
  const alone = await startControlPlaneAlone('failover');
  const { controlPlane } = alone;
  const stops: (() => unknown)[] = [() => alone.stop()];
  const stop = async (): Promise<void> => {
    for (const each of stops.splice(0).toReversed()) await each();
  };
  try {
    await controlPlane.admin.request('POST', '/api/v1/namespaces', { metadata: { name: namespace } });
    const ports = await Promise.all(Array.from({ length: count }, () => freePort()));
    const relays = await Promise.all(ports.map(() => startTcpRelay(() => [apiServerOf(controlPlane)])));
    stops.push(...relays.map((relay) => () => relay.stop()));
    const frozen = new Set<number>();
    const front = await startTcpRelay(() =>
      shuffled(ports.filter((port) => !frozen.has(port))).map((port) => ({ host: '127.0.0.1', port })),
    );
    stops.push(() => front.stop());
    const signal = AbortSignal.timeout(10 * patienceMs);
    const kubeconfigs = await Promise.all(relays.map((relay, index) => writeRelayed(controlPlane, relay, index)));
    const settingsOf = (index: number): Record<string, unknown> => ({
      ...mgmtSettings,
      api: { port: ports[index] },
      store: { kind: 'kubernetes', namespace, kubeconfigFile: kubeconfigs[index] },
      replicas: { identity: `mgmt-${index}` },
    });
    // mgmt listens where its settings say, and the launcher's client asks the front.
    const fleet = await launchFleet({
      ...{ clusters: 2, mesh: meshName, ratePerSecond: 50, seed: 1, signal },
      ...{ apiPort: front.port, mgmtSettings: settingsOf(0) },
    });
    stops.push(() => fleet.stop());
    const reaper = startReaper(fleet.dir);
    stops.push(() => reaper.release());
    const processes = [fleet.mgmt];
    for (const index of ports.keys()) {
      if (index === 0) continue;
      const file = join(fleet.dir, `mgmt-${index}.json`);
      const first = JSON.parse(await readFile(join(fleet.dir, 'mgmt.json'), 'utf8')) as object;
      await writeFile(file, JSON.stringify({ ...first, ...settingsOf(index) }));
      const plan = { ...mgmtPlan(fleet.dir, file), name: `mgmt-${index}`, logFile: join(fleet.dir, `mgmt-${index}.log`) };
      const process = createFleetProcess(plan, reaper, () => undefined);
      stops.push(() => process.kill());
      await process.start(signal);
      processes.push(process);
    }
    const replicas = processes.map((process, index): MgmtReplica => {
      const port = ports[index] ?? 0;
      const send = (name: NodeJS.Signals): void => {
        const pid = process.pid();
        if (pid !== undefined) globalThis.process.kill(pid, name);
      };
      return {
        process,
        api: createApiClient({ server: `http://127.0.0.1:${port}`, timeoutMs: 2_000 }),
        relay: relays[index]!,
        freeze: () => {
          // As a readiness probe would find out: nobody is sent to it any more.
          frozen.add(port);
          send('SIGSTOP');
        },
        thaw: () => {
          send('SIGCONT');
          frozen.delete(port);
        },
        log: () => readFile(process.logFile, 'utf8'),
      };
    });
    const deleteCaSecret = (): Promise<never> => Promise.reject(new Error('nobody deletes a Secret here'));
    const mesh = await makeMesh({ ...fleet, stop }, { patienceMs, deleteCaSecret });
    const untilLed = async (by: (replica: MgmtReplica) => boolean): Promise<number> => {
      const beganAtMs = performance.now();
      await mesh.look('another replica to lead', async () => {
        const leads = await Promise.all(replicas.filter(by).map(isLeader));
        return leads.includes(true) ? true : undefined;
      });
      return performance.now() - beganAtMs;
    };
    return {
      ...{ ...mesh, controlPlane, replicas, untilLed },
      leader: () =>
        mesh.look('a replica to lead', async () => {
          for (const replica of replicas) if (await isLeader(replica)) return replica;
          return undefined;
        }),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** One that does not answer does not lead, as far as anybody can tell. */
async function isLeader({ api, process }: MgmtReplica): Promise<boolean> {
  if (process.pid() === undefined) return false;
  try {
    return (await api.readVersion(AbortSignal.timeout(1_000))).replica?.role === 'leader';
  } catch {
    return false;
  }
}

function apiServerOf({ server }: ControlPlane): { readonly host: string; readonly port: number } {
  const { hostname, port } = new URL(server);
  return { host: hostname, port: Number(port) };
}

/** The kubeconfig of the administrator by way of a relay, with the name that the certificate has. */
async function writeRelayed({ adminKubeconfig }: ControlPlane, { port }: TcpRelay, index: number): Promise<string> {
  const config = JSON.parse(await readFile(adminKubeconfig, 'utf8')) as { clusters: { cluster: Record<string, string> }[] };
  for (const { cluster } of config.clusters) {
    cluster['server'] = `https://127.0.0.1:${port}`;
    cluster['tls-server-name'] = 'kubernetes.default.svc';
  }
  const file = `${adminKubeconfig}.${index}`;
  await writeFile(file, JSON.stringify(config), { mode: 0o600 });
  return file;
}

function shuffled<T>(all: readonly T[]): readonly T[] {
  return all
    .map((value) => ({ value, key: Math.random() }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ value }) => value);
}
