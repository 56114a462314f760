import { systemClock } from '@reroot/shared/clock';
import { runProgram } from '@reroot/shared/lifecycle';
import { runDemo, type Staging } from './demo.ts';
import type { Fleet } from './launch-fleet.ts';
import type { DemoOptions } from './options.ts';

export type { LaunchSurroundings, Staging } from './demo.ts';
export { createDemoCommand, type DemoOptions, parseCommand } from './options.ts';

/**
 * Runs a demo as a whole program, with the arguments of this process.
 * @param parse gives undefined when there is nothing to show, such as after help
 * @param stage how a fleet for these options is launched
 */
export async function runDemoProgram<Options extends DemoOptions, Launched extends Fleet>(
  parse: (args: readonly string[]) => Options | undefined,
  stage: (options: Options) => Staging<Launched>,
): Promise<void> {
  await runProgram('reroot-demo', async ({ signal }) => {
    const options = parse(process.argv.slice(2));
    if (options === undefined) return;
    // Without a reader there is nobody to show anything to; what was started is stopped by the reaper.
    process.stdout.on('error', () => process.exit(1));
    // Nobody may take a demo that was interrupted for one that succeeded.
    if (!options.keep) signal.addEventListener('abort', () => (process.exitCode = 130));
    await runDemo(options, stage(options), {
      out: (text) => process.stdout.write(text),
      err: (text) => process.stderr.write(text),
      clock: systemClock,
      signal,
    });
  });
}
