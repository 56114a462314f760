#!/usr/bin/env node
import { agentConfigSchema, runAgent } from '@reroot/agent';
import { systemClock } from '@reroot/shared/clock';
import { loadYamlFile } from '@reroot/shared/config';
import { runProgram } from '@reroot/shared/lifecycle';
import { createLogger } from '@reroot/shared/log';
import { loadIdentity } from '@reroot/shared/protocol';
import { connectBus } from '@reroot/shared/transport';
import { createFolderCredentials } from './control/folder-credentials.ts';
import { createRemoteCluster } from './control/remote-cluster.ts';
import { readOptions } from './read-options.ts';

await runProgram('reroot-agent', async ({ signal }) => {
  const options = readOptions(process.argv.slice(2), ['config', 'fleet-url', 'secrets-dir']);
  const config = await loadYamlFile(options.config, agentConfigSchema);
  const log = createLogger({ name: 'reroot-agent', level: config.log.level });
  const identity = await loadIdentity(config.identity.privateKeyFile);
  const name = `reroot-agent ${config.cluster}`;
  const bus = await connectBus({ servers: config.nats.servers, name, log, signal });
  const cluster = createRemoteCluster(options['fleet-url'], config.cluster);
  const vaultCredentials = createFolderCredentials(options['secrets-dir']);
  await runAgent({ config, cluster, vaultCredentials, bus, identity, clock: systemClock, random: Math.random, log, signal });
  await bus.close();
});
