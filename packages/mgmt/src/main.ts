#!/usr/bin/env node
import { once } from 'node:events';
import { systemClock } from '@reroot/shared/clock';
import { loadYamlFile, readProgramArguments } from '@reroot/shared/config';
import { runProgram } from '@reroot/shared/lifecycle';
import { createLogger } from '@reroot/shared/log';
import { startMgmt } from './app.ts';
import { mgmtConfigSchema } from './config.ts';
import { mgmtVersion } from './version.ts';

const program = {
  name: 'reroot-mgmt',
  version: mgmtVersion,
  purpose: 'Replaces the root CA of meshes over many Istio clusters, and proves each step.',
  page: 'docs/configuration.md',
};

await runProgram(program.name, async ({ signal }) => {
  const asked = readProgramArguments(program, process.argv.slice(2));
  if (asked.kind === 'text') {
    process.stdout.write(asked.text);
    return;
  }
  const config = await loadYamlFile(asked.configFile, mgmtConfigSchema);
  const log = createLogger({ name: program.name, level: config.log.level });
  const mgmt = await startMgmt({ config, clock: systemClock, random: Math.random, log, signal });
  if (!signal.aborted) await once(signal, 'abort');
  await mgmt.stop();
});
