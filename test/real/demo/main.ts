import { runDemoProgram } from '@reroot/simulator/demo';
import { requireServers } from '../servers/require-servers.ts';
import { parseRealDemoOptions } from './options.ts';
import { stageRealDemo } from './stage.ts';

await runDemoProgram(parseRealDemoOptions, (options) => {
  requireServers();
  return stageRealDemo(options);
});
