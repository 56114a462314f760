import { randomUUID } from 'node:crypto';
import { agentConfigSchema, type Cluster, createConfiguredMembership, type Replica, runAgent } from '@reroot/agent';
import type { HandshakeMember } from '@reroot/mgmt/handshakes';
import { createAgentSequences, createTasks, type Tasks } from '@reroot/mgmt/verification';
import { systemClock } from '@reroot/shared/clock';
import { silentLog } from '@reroot/shared/log';
import { createCsr, csrToPem, generateKey, signerFromKey } from '@reroot/shared/pki';
import { createSequence, generateIdentity, inboxPrefix, keyringOf, sealMessage, subjects } from '@reroot/shared/protocol';
import { type NatsServer, startNatsServer } from '@reroot/shared/testing';
import { type Bus, connectBus } from '@reroot/shared/transport';
import { createSimulatedCluster, fleetConfigSchema, type SimulatedCluster } from '@reroot/simulator';
import { createRandom } from '@reroot/simulator/random';
import { type MeshRoot, makeSecret } from './mesh-roots.ts';

/** The mesh of every such fleet, and its trust domain. */
export const mesh = 'demo';
export const trustDomain = 'cluster.local';

/** Agents over simulated clusters in this process, on a real nats-server, and mgmt's way to ask them. */
export interface AgentFleet {
  readonly tasks: Tasks;
  readonly members: readonly HandshakeMember[];
  readonly clusters: ReadonlyMap<string, SimulatedCluster>;
  /** Gives a cluster another row, and waits until its replicas have loaded it. */
  hold(cluster: string, roots: readonly MeshRoot[], signer: MeshRoot): Promise<void>;
  /** Stops the agent of a cluster. */
  silence(cluster: string): Promise<void>;
  stop(): Promise<void>;
}

/** What a fleet is made of. */
export interface AgentFleetOptions {
  readonly names: readonly string[];
  readonly replicas: number;
  readonly root: MeshRoot;
}

interface RunningAgent {
  stop(): Promise<void>;
}

/** Starts a fleet whose clusters hold one root, and whose agents are told nothing: they take part in handshakes alone. */
export async function startAgentFleet({ names, replicas, root }: AgentFleetOptions): Promise<AgentFleet> {
  const nats = await startNatsServer();
  const ended = new AbortController();
  const mgmt = generateIdentity();
  const keys = new Map(names.map((name) => [name, generateIdentity()]));
  const clusters = new Map(names.map((name) => [name, simulate(name, replicas, ended.signal)]));
  const bus = await connectBus({ servers: [nats.url], name: 'mgmt', log: silentLog });
  const tasks = tasksOf(bus, mgmt, (name) => keys.get(name)?.publicKeyPem);
  const agents = new Map<string, RunningAgent>();
  for (const [name, { cluster }] of clusters) {
    const identity = keys.get(name)?.identity ?? generateIdentity().identity;
    agents.set(name, await startAgent(nats, cluster, { mesh, cluster: name, identity, mgmtPublicKeys: [mgmt.publicKeyPem] }));
  }
  const { signal } = ended;
  const members = await Promise.all(
    [...clusters.values()].map(async ({ cluster }) => ({
      cluster: cluster.name,
      replicas: (await cluster.listReplicas(signal)).map(({ name }) => name),
    })),
  );
  const fleet: AgentFleet = {
    tasks,
    clusters,
    members,
    hold: async (name, roots, signer) => {
      const { cluster } = clusters.get(name)!;
      const before = await cluster.readCaSecret(signal);
      const content = await makeSecret(roots, signer);
      await cluster.writeCaSecret(content, before?.version, signal);
      await untilLoaded(cluster, content, signal);
    },
    silence: async (name) => agents.get(name)?.stop(),
    stop: async () => {
      await Promise.all([...agents.values()].map((agent) => agent.stop()));
      ended.abort();
      await bus.close();
      await nats.stop();
    },
  };
  await Promise.all(names.map((name) => fleet.hold(name, [root], root)));
  return fleet;
}

function simulate(name: string, replicas: number, signal: AbortSignal): SimulatedCluster {
  const clusters = [{ name, replicas, workloads: 1, namespaces: ['default'], volumeDelayMs: [0, 20] }];
  const [plan] = fleetConfigSchema.parse({ clusters }).clusters;
  if (plan === undefined) throw new Error('there is no cluster');
  return createSimulatedCluster({ plan, trustDomain, clock: systemClock, random: createRandom(1), log: silentLog, signal });
}

function tasksOf(
  bus: Bus,
  { identity }: ReturnType<typeof generateIdentity>,
  keyOf: (cluster: string) => string | undefined,
): Tasks {
  const nextSequence = createSequence(systemClock).next;
  const tasks = createTasks({
    bus,
    sealer: {
      seal: ({ subject, message, generation, ...of }) => {
        const address = { mesh: of.mesh, cluster: of.cluster, term: 1, generation };
        const numbers = { sequence: nextSequence(), sentAtMs: systemClock.now() };
        return { payload: sealMessage({ subject, address, message, identity, ...numbers }) };
      },
    },
    sequences: createAgentSequences(),
    keys: {
      keyringOf: (_, cluster) => {
        const key = keyOf(cluster);
        return keyringOf(key === undefined ? [] : [key]);
      },
    },
    protocolOf: () => undefined,
    clock: systemClock,
    newId: randomUUID,
  });
  bus.subscribe(subjects.all('result'), ({ subject, payload }) => tasks.hear(subject, payload));
  return tasks;
}

async function startAgent(
  nats: NatsServer,
  cluster: Cluster,
  member: Parameters<typeof createConfiguredMembership>[0],
): Promise<RunningAgent> {
  const config = agentConfigSchema.parse({
    ...{ mesh: member.mesh, cluster: member.cluster, nats: { servers: [nats.url] }, identity: { privateKeyFile: 'unused' } },
    ...{ mgmt: { publicKeys: [...member.mgmtPublicKeys] }, timings: { reportIntervalMs: 600_000 }, log: { level: 'silent' } },
  });
  const inbox = { inboxPrefix: inboxPrefix(member.mesh, member.cluster) };
  const bus = await connectBus({ servers: [nats.url], name: member.cluster, log: silentLog, ...inbox });
  const stopping = new AbortController();
  const outside = { clock: systemClock, random: () => 0, log: silentLog, signal: stopping.signal };
  const running = runAgent({ config, cluster, bus, membership: createConfiguredMembership(member), ...outside });
  await bus.flush();
  return {
    stop: async () => {
      stopping.abort();
      await running;
      await bus.close();
    },
  };
}

/** A changed signer moves no bytes of the bundle: that every replica signs with it must be asked of each. */
async function untilLoaded(
  cluster: Cluster,
  { rootCert, caCert }: { readonly rootCert: string; readonly caCert: string },
  signal: AbortSignal,
): Promise<void> {
  const key = signerFromKey(await generateKey({ kind: 'ecdsa', curve: 'P-256' }));
  const csr = csrToPem(await createCsr({ key, commonName: 'loaded' }));
  const signsWith = async ({ name }: Replica): Promise<boolean> => {
    const [, signer] = await cluster.probeReplica(name, csr, signal);
    return signer?.trim() === caCert.trim();
  };
  const deadlineMs = systemClock.now() + 30_000;
  for (;;) {
    const trusts = await cluster.listNamespaceTrust(signal);
    const published = trusts.length > 0 && trusts.every((each) => each.rootCert === rootCert);
    if (published && (await Promise.all((await cluster.listReplicas(signal)).map(signsWith))).every(Boolean)) break;
    if (systemClock.now() > deadlineMs) throw new Error(`${cluster.name} has not loaded its row`);
    await systemClock.sleep(20, signal);
  }
}
