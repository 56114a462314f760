#!/usr/bin/env node
import { build } from '@reroot/shared/build';
import { systemClock } from '@reroot/shared/clock';
import { loadYamlFile, readProgramArguments } from '@reroot/shared/config';
import { runProgram } from '@reroot/shared/lifecycle';
import { createLogger } from '@reroot/shared/log';
import { agentConfigSchema } from './config.ts';
import { kubernetesConfigSchema, openKubernetesCluster, openSecretLinkStore } from './kubernetes/index.ts';
import { createAgentMonitor } from './monitor/agent-monitor.ts';
import { serveMonitor } from './monitor/serve-monitor.ts';
import { superviseAgent } from './supervise-agent.ts';
import { agentVersion } from './version.ts';

/** How much of what a pass waits for the cluster one request may take: what failed is told better by the request itself. */
const clusterShare = 0.8;

const program = {
  name: 'reroot-agent',
  version: agentVersion,
  purpose: 'Installs in one cluster what reroot-mgmt desires, proves what the cluster holds, and reports it.',
  page: 'docs/agent.md',
};

await runProgram(program.name, async ({ signal }) => {
  const asked = readProgramArguments(program, process.argv.slice(2));
  if (asked.kind === 'text') {
    process.stdout.write(asked.text);
    return;
  }
  const config = await loadYamlFile(asked.configFile, agentConfigSchema);
  const log = createLogger({ name: program.name, level: config.log.level });
  log.info({ version: agentVersion, commit: build.commit }, 'the agent starts');
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
    openCluster: async (name) => {
      const cluster = await openKubernetesCluster({ name, config: kubernetes, requestTimeoutMs, ...outside });
      return { cluster, vaultCredentials: cluster.vaultCredentials, inspector: cluster, close: () => cluster.close() };
    },
    openSecretStore: (secret) => openSecretLinkStore({ secret, config: kubernetes, requestTimeoutMs, ...outside }),
    signal,
  });
  await server?.close();
});
