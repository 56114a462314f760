#!/usr/bin/env node
import { agentConfigSchema, superviseAgent } from '@reroot/agent';
import { systemClock } from '@reroot/shared/clock';
import { loadYamlFile } from '@reroot/shared/config';
import { RerootError } from '@reroot/shared/errors';
import { runProgram } from '@reroot/shared/lifecycle';
import { createLogger } from '@reroot/shared/log';
import { createFolderCredentials } from './control/folder-credentials.ts';
import { createRemoteCluster } from './control/remote-cluster.ts';
import { readOptions } from './read-options.ts';

await runProgram('reroot-agent', async ({ signal }) => {
  const options = readOptions(process.argv.slice(2), ['config', 'fleet-url', 'cluster', 'secrets-dir']);
  const config = await loadYamlFile(options.config, agentConfigSchema);
  const log = createLogger({ name: 'reroot-agent', level: config.log.level });
  await superviseAgent({
    config,
    // mgmt may call it by another name than the fleet does.
    openCluster: async (name) => {
      const remote = createRemoteCluster(options['fleet-url'], options.cluster);
      return {
        cluster: { ...remote, name },
        inspector: remote,
        vaultCredentials: createFolderCredentials(options['secrets-dir']),
        close: async () => undefined,
      };
    },
    openSecretStore: async () => {
      throw new RerootError('RR_CONFIG_INVALID', 'a simulated cluster keeps no Secrets of the agent', {
        place: `${options.config} (join.state.secret)`,
        remedy: 'name a folder in join.state.dir',
      });
    },
    ...{ clock: systemClock, random: Math.random, log, signal },
  });
});
