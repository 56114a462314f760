import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMgmtSide, type MgmtSide } from '@reroot/agent/testing';
import { silentLog } from '@reroot/shared/log';
import { generateIdentity } from '@reroot/shared/protocol';
import { freePort } from '@reroot/shared/testing';
import { connectBus } from '@reroot/shared/transport';
import { plainNatsPlan, programPlan } from '@reroot/simulator/processes';
import { type Operator, operate, type RunningVault } from '@reroot/vault/testing';
import { nodeOptionsOf } from '../../../../tools/bundle/programs.ts';
import { findServers } from '../../servers/find-servers.ts';
import { readRbac } from '../agent/agent-access.ts';
import { bundleAgent } from '../agent/bundle-agent.ts';
import { startLab } from '../lab.ts';
import type { LabCluster } from '../lab-cluster.ts';
import { planCluster } from '../lab-plan.ts';
import { realAgentTimings } from '../launch-real-fleet.ts';
import { startVault } from './start-vault.ts';

/** One cluster of real servers, a real Vault, and the agent as it is shipped; a test says what mgmt would say. */
export interface VaultFleet {
  readonly cluster: LabCluster;
  readonly vault: RunningVault;
  readonly operator: Operator;
  readonly mgmt: MgmtSide;
  /** File of what the agent logs. */
  readonly agentLog: string;
  /** Aborts when something of it ends by itself. */
  readonly broken: AbortSignal;
  stop(): Promise<void>;
}

const mesh = 'test';
const clusterName = 'cluster-1';

/** Starts all of it; the agent has the rights of `deploy/agent/rbac.yaml` and `rbac-vault.yaml`. */
export async function startVaultFleet(signal: AbortSignal): Promise<VaultFleet> {
  const started = new AsyncDisposableStack();
  try {
    return await startParts(signal, started);
  } catch (thrown) {
    await started.disposeAsync();
    throw thrown;
  }
}

/** @param started is told how each part is ended */
async function startParts(signal: AbortSignal, started: AsyncDisposableStack): Promise<VaultFleet> {
  const dir = await mkdtemp(join(tmpdir(), 'reroot-vault-agent-'));
  const servers = findServers();
  const lab = await startLab({ clusters: [planCluster(clusterName)], dir, signal, servers });
  started.defer(() => lab.stop());
  const cluster = lab.clusters.get(clusterName);
  if (cluster === undefined) throw new Error(`the lab has no cluster ${clusterName}`);
  await cluster.apply(await readRbac('vault'));
  const vault = await startVault({ name: 'vault', dir: join(dir, 'vault'), servers, create: lab.processes.create, signal });
  const operator = started.adopt(operate(vault, AbortSignal.any([signal, lab.broken])), (each) => each.close());

  const natsPort = await freePort();
  await lab.processes.createPlanned(plainNatsPlan(dir, natsPort)).start(signal);
  const natsUrl = `nats://127.0.0.1:${natsPort}`;
  const bus = started.adopt(await connectBus({ servers: [natsUrl], name: 'mgmt', log: silentLog }), (each) => each.close());
  const keys = generateIdentity();
  const mgmt = createMgmtSide({ bus, mesh, cluster: clusterName, agentPublicKey: keys.publicKeyPem, cas: [] });
  started.defer(() => mgmt.stop());
  await bus.flush();

  const config = await writeAgentConfig(dir, cluster, { natsUrl, privateKeyPem: keys.privateKeyPem, mgmtKey: mgmt.publicKeyPem });
  const plan = programPlan(
    dir,
    'agent',
    await bundleAgent(signal),
    ['--config', config],
    undefined,
    nodeOptionsOf('reroot-agent'),
  );
  await lab.processes.createPlanned(plan).start(signal);
  const parts = { cluster, vault, operator, mgmt, agentLog: plan.logFile };
  return { ...parts, broken: lab.broken, stop: () => started.disposeAsync() };
}

interface AgentFacts {
  readonly natsUrl: string;
  readonly privateKeyPem: string;
  readonly mgmtKey: string;
}

/** JSON is YAML, so the agent reads it as such. */
async function writeAgentConfig(
  dir: string,
  { agent }: LabCluster,
  { natsUrl, privateKeyPem, mgmtKey }: AgentFacts,
): Promise<string> {
  const [file, privateKeyFile] = [join(dir, 'agent.json'), join(dir, 'agent.key')];
  await writeFile(privateKeyFile, privateKeyPem, { mode: 0o600 });
  const config = {
    ...{ mesh, cluster: clusterName, nats: { servers: [natsUrl] }, identity: { privateKeyFile } },
    ...{ mgmt: { publicKeys: [mgmtKey] }, timings: realAgentTimings, log: { level: 'debug' } },
    kubernetes: { kubeconfigFile: agent.kubeconfig, serviceAccount: agent.account },
  };
  await writeFile(file, JSON.stringify(config));
  return file;
}
