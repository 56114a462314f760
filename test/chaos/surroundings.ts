import { execFile } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '@reroot/shared/testing';
import { createRandom } from '@reroot/simulator/random';
import { type AgentNetwork, outerAddresses, setUpAgentNetworks } from './agent-networks.ts';
import { type Broker, setUpBroker } from './broker.ts';
import type { FleetOrder } from './chaos-fleet.ts';
import { type Clocks, startClocks } from './clocks.ts';
import { type Client, type ClusterName, clusterNames } from './fault.ts';
import { writeFleet } from './fleet-files.ts';
import { type Gate, startGate } from './gate.ts';
import { buildFailFsync, fillDisk, findFaketime, type MachineMeans, mountSmallDisk } from './machine-means.ts';
import { type MgmtWays, startMgmtWays } from './mgmt-ways.ts';
import { startTroubledRelay, type TroubledRelay } from './troubled-relay.ts';

/** What is around the programs of a fleet: networks, relays, disk and clocks. None of the programs is started yet. */
export interface Surroundings {
  readonly means: MachineMeans;
  readonly networks: ReadonlyMap<ClusterName, AgentNetwork> | undefined;
  readonly broker: Broker;
  readonly gate: Gate;
  readonly mgmtWays: MgmtWays;
  /** The ways of the agents to their clusters, and of mgmts to their store. */
  readonly ways: ReadonlyMap<Client, TroubledRelay>;
  readonly clocks: Clocks;
  /** Of the clusters. */
  readonly fleetPort: number;
  /** Where an agent finds its cluster. */
  clusterUrl(cluster: ClusterName): string;
  /** The environment of a program. */
  envOf(client: Client): Record<string, string>;
  setFsync(how: 'fails' | 'works'): Promise<void>;
  setDisk(how: 'full' | 'free'): Promise<void>;
}

/** Preflight wants some of it to be free; and it must be filled in a moment. */
const diskBytes = 192 * 2 ** 20;

/** @param onStop told what is to be done when all programs have ended, the last one first */
export async function setUpSurroundings(
  dir: string,
  { seed, installation, earlierAgent }: FleetOrder,
  onStop: (stop: () => unknown) => void,
): Promise<Surroundings> {
  const data = join(dir, 'data');
  const networks = await setUpAgentNetworks(dir);
  onStop(() => Promise.all([...(networks?.values() ?? [])].map((network) => network.remove())));
  const broker = await setUpBroker(dir, seed, networks === undefined ? '127.0.0.1' : outerAddresses.broker);
  onStop(() => broker.stop());
  const gate = await startGate();
  onStop(() => gate.stop());
  const mgmtWays = await startMgmtWays(installation, seed);
  onStop(() => mgmtWays.stop());
  const fleetPort = await freePort();
  const host = networks === undefined ? '127.0.0.1' : outerAddresses.cluster;
  const clusterWays = await startClusterWays({ fleetPort, host, seed });
  onStop(() => Promise.all([...clusterWays.values()].map((way) => way.stop())));
  await writeFleet({ dir, seed, fleetPort, broker, gate, mgmtWays });
  const smallDisk = await mountSmallDisk(data, diskBytes);
  if (smallDisk === 'mounted') onStop(() => promisify(execFile)('umount', ['--lazy', data]));
  const means: MachineMeans = {
    ...{ faketime: findFaketime(), failFsync: await buildFailFsync(dir), smallDisk, earlierAgent },
    networks: networks === undefined ? 'none' : 'own',
  };
  const clocks = await startClocks(dir);
  const storeWays = [...mgmtWays.mgmts].flatMap(([name, { toStore }]) =>
    toStore === undefined ? [] : [[name, toStore] as const],
  );
  const failFile = join(dir, 'fsync-fails');
  let filler: string | undefined;
  return {
    ...{ means, networks, broker, gate, mgmtWays, clocks, fleetPort },
    ways: new Map<Client, TroubledRelay>([...clusterWays, ...storeWays]),
    clusterUrl: (cluster) => `http://${host}:${clusterWays.get(cluster)!.port}`,
    envOf: (client) => envFor(client, means, clocks, failFile),
    setFsync: (how) => (how === 'fails' ? writeFile(failFile, '') : rm(failFile, { force: true })),
    setDisk: async (how) => {
      if (how === 'full') filler = await fillDisk(data);
      else if (filler !== undefined) await rm(filler, { force: true });
    },
  };
}

async function startClusterWays(where: {
  readonly fleetPort: number;
  readonly host: string;
  readonly seed: number;
}): Promise<ReadonlyMap<ClusterName, TroubledRelay>> {
  const { fleetPort, host, seed } = where;
  const ends = { port: fleetPort, host, targetHost: '127.0.0.1' };
  const ways = new Map<ClusterName, TroubledRelay>();
  for (const cluster of clusterNames)
    ways.set(cluster, await startTroubledRelay(ends, createRandom(`cluster-way/${seed}/${cluster}`)));
  return ways;
}

function envFor(client: Client, { faketime, failFsync }: MachineMeans, clocks: Clocks, failFile: string): Record<string, string> {
  const preloaded = [faketime, ...(client === 'mgmt' ? [failFsync] : [])].filter((each) => each !== undefined);
  const present = Object.fromEntries(
    Object.entries(process.env).filter((each): each is [string, string] => each[1] !== undefined),
  );
  return {
    ...present,
    ...(preloaded.length === 0 ? {} : { LD_PRELOAD: preloaded.join(':') }),
    FAKETIME_TIMESTAMP_FILE: clocks.fileOf(client),
    FAKETIME_NO_CACHE: '1',
    // Only the wall clock jumps: the other one never does, on any machine.
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
    REROOT_FAIL_FSYNC: failFile,
  };
}
