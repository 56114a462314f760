#!/usr/bin/env node
import { once } from 'node:events';
import { systemClock } from '@reroot/shared/clock';
import { configFileOf, loadYamlFile } from '@reroot/shared/config';
import { runProgram } from '@reroot/shared/lifecycle';
import { createLogger } from '@reroot/shared/log';
import { startMgmt } from './app.ts';
import { mgmtConfigSchema } from './config.ts';

await runProgram('reroot-mgmt', async ({ signal }) => {
  const config = await loadYamlFile(configFileOf(process.argv.slice(2)), mgmtConfigSchema);
  const log = createLogger({ name: 'reroot-mgmt', level: config.log.level });
  const mgmt = await startMgmt({ config, clock: systemClock, random: Math.random, log, signal });
  if (!signal.aborted) await once(signal, 'abort');
  await mgmt.stop();
});
