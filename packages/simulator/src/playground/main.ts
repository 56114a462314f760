import { systemClock } from '@reroot/shared/clock';
import { runProgram } from '@reroot/shared/lifecycle';
import { parsePlaygroundOptions } from './options.ts';
import { runPlayground } from './playground.ts';

await runProgram('reroot-playground', async ({ signal }) => {
  const options = parsePlaygroundOptions(process.argv.slice(2));
  if (options === undefined) return;
  // Without a reader there is nobody to show anything to; what was started is stopped by the reaper.
  process.stdout.on('error', () => process.exit(1));
  await runPlayground(options, { out: (text) => process.stdout.write(text), clock: systemClock, signal });
});
