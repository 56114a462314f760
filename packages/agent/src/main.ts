#!/usr/bin/env node
import { systemClock } from '@reroot/shared/clock';
import { configFileOf, loadYamlFile } from '@reroot/shared/config';
import { runProgram } from '@reroot/shared/lifecycle';
import { createLogger } from '@reroot/shared/log';
import { loadIdentity } from '@reroot/shared/protocol';
import { connectBus } from '@reroot/shared/transport';
import { runAgent } from './agent.ts';
import { agentConfigSchema } from './config.ts';
import { kubernetesConfigSchema } from './kubernetes/config.ts';

/** How much of what a pass waits for the cluster one request may take: what failed is told better by the request itself. */
const clusterShare = 0.8;

await runProgram('reroot-agent', async ({ signal }) => {
  const config = await loadYamlFile(configFileOf(process.argv.slice(2)), agentConfigSchema);
  const log = createLogger({ name: 'reroot-agent', level: config.log.level });
  log.info({ mesh: config.mesh, cluster: config.cluster }, 'the agent starts');
  const identity = await loadIdentity(config.identity.privateKeyFile);
  // The client of Kubernetes is large: what is wrong with the configuration or the identity is said before it is loaded.
  const { openKubernetesCluster } = await import('./kubernetes/index.ts');
  const outside = { clock: systemClock, random: Math.random, log };
  const kubernetes = config.kubernetes ?? kubernetesConfigSchema.parse({});
  const requestTimeoutMs = config.timings.requestTimeoutMs * clusterShare;
  const cluster = await openKubernetesCluster({ name: config.cluster, config: kubernetes, requestTimeoutMs, ...outside });
  const bus = await connectBus({ servers: config.nats.servers, name: `reroot-agent ${config.cluster}`, log, signal });
  try {
    const { vaultCredentials } = cluster;
    await runAgent({ config, cluster, vaultCredentials, bus, identity, ...outside, signal });
  } finally {
    await cluster.close();
    await bus.close();
  }
});
