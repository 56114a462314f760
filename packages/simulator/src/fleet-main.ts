#!/usr/bin/env node
import { once } from 'node:events';
import { systemClock } from '@reroot/shared/clock';
import { loadYamlFile } from '@reroot/shared/config';
import { runProgram } from '@reroot/shared/lifecycle';
import { createLogger } from '@reroot/shared/log';
import { startControl } from './control/control.ts';
import { startFleet } from './fleet/fleet.ts';
import { fleetConfigSchema } from './fleet/fleet-config.ts';
import { readOptions } from './read-options.ts';

await runProgram('reroot-fleet', async ({ signal }) => {
  const config = await loadYamlFile(readOptions(process.argv.slice(2), ['config']).config, fleetConfigSchema);
  const log = createLogger({ name: 'reroot-fleet', level: config.log.level });
  const fleet = await startFleet({ config, clock: systemClock, log, signal });
  const control = await startControl({ fleet, port: config.port, log });
  log.info({ url: control.url }, 'ready');
  if (!signal.aborted) await once(signal, 'abort');
  await control.close();
  await fleet.stop();
});
