#!/usr/bin/env node
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { systemClock } from '@reroot/shared/clock';
import { loadYamlFile } from '@reroot/shared/config';
import { RerootError } from '@reroot/shared/errors';
import { runProgram } from '@reroot/shared/lifecycle';
import { createLogger } from '@reroot/shared/log';
import { startMgmt } from './app.ts';
import { mgmtConfigSchema } from './config.ts';

await runProgram('reroot-mgmt', async ({ signal }) => {
  const { values } = parseArgs({ options: { config: { type: 'string' } } });
  if (values.config === undefined) {
    throw new RerootError('RR_OPTION_INVALID', 'no configuration is named', { remedy: 'start it with --config FILE' });
  }
  const config = await loadYamlFile(values.config, mgmtConfigSchema);
  const log = createLogger({ name: 'reroot-mgmt', level: config.log.level });
  const mgmt = await startMgmt({ config, clock: systemClock, log, signal });
  if (!signal.aborted) await once(signal, 'abort');
  await mgmt.stop();
});
