import { systemClock } from '@reroot/shared/clock';
import { runProgram } from '@reroot/shared/lifecycle';
import { runDemo } from './demo.ts';
import { parseDemoOptions } from './options.ts';

await runProgram('reroot-demo', async ({ signal }) => {
  const options = parseDemoOptions(process.argv.slice(2));
  if (options === undefined) return;
  // Without a reader there is nobody to show anything to; what was started is stopped by the reaper.
  process.stdout.on('error', () => process.exit(1));
  // Nobody may take a demo that was interrupted for one that succeeded.
  if (!options.keep) signal.addEventListener('abort', () => (process.exitCode = 130));
  await runDemo(options, {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    clock: systemClock,
    signal,
  });
});
