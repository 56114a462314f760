import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ApiClient } from '@reroot/shared/api';
import { writeProgramFiles } from '@reroot/simulator/processes';
import type { Broker } from './broker.ts';
import { clusterNames } from './fault.ts';
import type { Gate } from './gate.ts';
import { meshName } from './mesh.ts';
import type { MgmtWays } from './mgmt-ways.ts';

const agentTimings = {
  ...{ reportIntervalMs: 1_000, settleMs: 50, renudgeAfterMs: 2_000, refusedAfterMs: 3_000, requestTimeoutMs: 2_000 },
};
const mgmtTimings = { tickMs: 200, resyncMs: 1_000, silentAfterMs: 6_000 };

/** Writes what each program is told. */
export async function writeFleet(written: {
  readonly dir: string;
  readonly seed: number;
  readonly fleetPort: number;
  readonly broker: Broker;
  readonly gate: Gate;
  readonly mgmtWays: MgmtWays;
}): Promise<void> {
  const { dir, seed, fleetPort, broker, gate, mgmtWays } = written;
  await writeProgramFiles({
    ...{ dir, mesh: meshName, clusters: clusterNames, nats: broker.natsOf('mgmt'), apiPort: 0 },
    mgmtSettings: { timings: mgmtTimings, verification: { hosts: [{ origin: gate.url }] } },
    agentSettings: () => ({ timings: agentTimings }),
  });
  await mgmtWays.writeFiles(dir, broker);
  const shape = { replicas: 2, workloads: 4, namespaces: ['default', 'payments'], volumeDelayMs: [50, 500] };
  const fleet = {
    clusters: clusterNames.map((name) => ({ name, ...shape })),
    ...{ traffic: { ratePerSecond: 40 }, seed, port: fleetPort },
  };
  await writeFile(join(dir, 'fleet.json'), JSON.stringify(fleet));
}

/** Each agent reaches the broker by relays of its own, which its join file names. */
export async function writeJoinFiles(dir: string, api: ApiClient, broker: Broker, signal: AbortSignal): Promise<void> {
  for (const cluster of clusterNames) {
    const joinFile = await api.addCluster({ name: cluster, mesh: meshName, by: 'chaos' }, signal);
    const nats = { ...joinFile.nats, servers: broker.serversOf(cluster) };
    await writeFile(join(dir, `${cluster}.join.json`), JSON.stringify({ ...joinFile, nats }), { mode: 0o600 });
  }
}
