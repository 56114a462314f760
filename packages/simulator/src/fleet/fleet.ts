import type { Clock } from '@reroot/shared/clock';
import type { Log } from '@reroot/shared/log';
import { createFirstCas } from '../cluster/first-ca.ts';
import { createSimulatedCluster } from '../cluster/simulated-cluster.ts';
import type { ControlledFleet } from '../control/controlled-fleet.ts';
import { createRandom } from '../random/random.ts';
import { startTraffic } from '../traffic/traffic.ts';
import type { FleetConfig } from './fleet-config.ts';

/** What a fleet is made of. */
export interface FleetOptions {
  readonly config: FleetConfig;
  readonly clock: Clock;
  readonly log: Log;
  /** Stops all that goes on in it. */
  readonly signal: AbortSignal;
}

/** Simulated clusters and the traffic between them. */
export interface SimulatedFleet extends ControlledFleet {
  /** Resolves when every socket is closed. */
  stop(): Promise<void>;
}

/** Starts the clusters of a configuration; the traffic begins when every workload has its first certificate. */
export async function startFleet({ config, clock, log, signal }: FleetOptions): Promise<SimulatedFleet> {
  const random = createRandom(config.seed);
  const { trustDomain } = config;
  const makeFirstCa = createFirstCas(trustDomain, clock.now());
  const firstCas = await Promise.all(config.clusters.map(makeFirstCa));
  const common = { trustDomain, clock, random, log, signal };
  const clusters = config.clusters.map((plan, index) => createSimulatedCluster({ plan, firstCa: firstCas[index], ...common }));
  const traffic = await startTraffic({
    groups: clusters.map(({ cluster, proxies }) => ({ cluster: cluster.name, workloads: proxies })),
    ...config.traffic,
    clock,
    random: random.fork('traffic'),
    log,
    signal,
  });
  return {
    clusters: new Map(clusters.map((each) => [each.cluster.name, each])),
    traffic: () => traffic.count(),
    stopTraffic: () => {
      traffic.pause();
    },
    stop: () => traffic.stop(),
  };
}
