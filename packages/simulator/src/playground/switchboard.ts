import type { Clock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import type { Log } from '@reroot/shared/log';
import type { Control } from '../control/control.ts';
import { createLoopbackServer, listenOnLoopback } from '../control/loopback-server.ts';
import type { Fleet, FleetProcess } from '../demo/launch-fleet.ts';

/** What is switched, and where one asks for it. */
export interface SwitchboardOptions {
  readonly fleet: Pick<Fleet, 'agents' | 'api' | 'control'>;
  readonly mesh: string;
  readonly clock: Clock;
  readonly port: number;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/**
 * Serves on 127.0.0.1 what a person may do to a fleet to see how a rotation takes it: a site goes offline and comes back, the
 * volume of an istiod stands still. Counts handshakes too.
 * @throws RR_ADDRESS_IN_USE; RR_ADDRESS_UNUSABLE
 */
export async function startSwitchboard(options: SwitchboardOptions): Promise<Control> {
  const { fleet, port, log, signal } = options;
  const { agents, control } = fleet;
  const app = createLoopbackServer(log);
  app.post<ClusterPath>('/clusters/:cluster/offline', async ({ params: { cluster } }) => {
    await requireAgent(agents, cluster).kill();
    return { cluster, agent: 'stopped', presence: await untilPresent(cluster, 'silent', options) };
  });
  app.post<ClusterPath>('/clusters/:cluster/online', async ({ params: { cluster } }) => {
    const agent = requireAgent(agents, cluster);
    if (agent.pid() === undefined) await agent.start(signal);
    return { cluster, agent: 'running', presence: await untilPresent(cluster, 'reporting', options) };
  });
  app.post<ReplicaPath>('/clusters/:cluster/replicas/:replica/hold', async ({ params: { cluster, replica } }) => {
    await control.holdReplica(cluster, replica, signal);
    return { cluster, replica, volume: 'held' };
  });
  app.post<ReplicaPath>('/clusters/:cluster/replicas/:replica/release', async ({ params: { cluster, replica } }) => {
    await control.releaseReplica(cluster, replica, signal);
    return { cluster, replica, volume: 'follows' };
  });
  app.get('/traffic', async () => {
    const { ok, failed, byReason } = await control.traffic(signal);
    return { ok, failed, byReason };
  });
  return { url: await listenOnLoopback(app, port), close: () => app.close() };
}

interface ClusterPath {
  readonly Params: { readonly cluster: string };
}

interface ReplicaPath {
  readonly Params: { readonly cluster: string; readonly replica: string };
}

const lookIntervalMs = 100;

/** Looks until mgmt has noticed: what a person types next shall find the mesh so. */
async function untilPresent(
  cluster: string,
  presence: 'silent' | 'reporting',
  { fleet, mesh, clock, signal }: SwitchboardOptions,
): Promise<string> {
  for (;;) {
    const { clusters } = await fleet.api.readMesh(mesh, signal);
    if (clusters.find(({ name }) => name === cluster)?.presence === presence) return presence;
    await clock.sleep(lookIntervalMs, signal);
  }
}

function requireAgent(agents: ReadonlyMap<string, FleetProcess>, cluster: string): FleetProcess {
  const agent = agents.get(cluster);
  if (agent !== undefined) return agent;
  throw new RerootError(
    'RR_SIM_UNKNOWN',
    `there is no cluster ${JSON.stringify(cluster)}; there are ${[...agents.keys()].join(', ')}`,
  );
}
