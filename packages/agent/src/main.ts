#!/usr/bin/env node
import { systemClock } from '@reroot/shared/clock';
import { configFileOf, loadYamlFile } from '@reroot/shared/config';
import { runProgram } from '@reroot/shared/lifecycle';
import { createLogger } from '@reroot/shared/log';
import { agentConfigSchema } from './config.ts';
import { kubernetesConfigSchema } from './kubernetes/config.ts';
import { createAgentMonitor } from './monitor/agent-monitor.ts';
import { serveMonitor } from './monitor/serve-monitor.ts';
import { superviseAgent } from './supervise-agent.ts';
import { agentVersion } from './version.ts';

/** How much of what a pass waits for the cluster one request may take: what failed is told better by the request itself. */
const clusterShare = 0.8;

await runProgram('reroot-agent', async ({ signal }) => {
  const config = await loadYamlFile(configFileOf(process.argv.slice(2)), agentConfigSchema);
  const log = createLogger({ name: 'reroot-agent', level: config.log.level });
  log.info({ version: agentVersion }, 'the agent starts');
  const outside = { clock: systemClock, random: Math.random, log };
  const monitor = createAgentMonitor(systemClock);
  const { monitoring } = config;
  const server = monitoring === undefined ? undefined : await serveMonitor(monitor, monitoring);
  const kubernetes = config.kubernetes ?? kubernetesConfigSchema.parse({});
  const requestTimeoutMs = config.timings.requestTimeoutMs * clusterShare;
  await superviseAgent({
    ...outside,
    config,
    monitor,
    // The client of Kubernetes is large: what is wrong with the configuration or the identity is said before it is loaded.
    openCluster: async (name) => {
      const { openKubernetesCluster } = await import('./kubernetes/index.ts');
      const cluster = await openKubernetesCluster({ name, config: kubernetes, requestTimeoutMs, ...outside });
      return { cluster, vaultCredentials: cluster.vaultCredentials, inspector: cluster, close: () => cluster.close() };
    },
    openSecretStore: async (secret) => {
      const { openSecretLinkStore } = await import('./kubernetes/index.ts');
      return openSecretLinkStore({ secret, config: kubernetes, requestTimeoutMs, ...outside });
    },
    signal,
  });
  await server?.close();
});
