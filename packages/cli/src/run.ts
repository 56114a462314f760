import { systemClock } from '@reroot/shared/clock';
import { runProgram } from '@reroot/shared/lifecycle';
import { runCli } from './program.ts';
import { createShell } from './shell.ts';

/** 128 + SIGINT, as shells count. */
const interruptedExit = 130;

/** Runs the command line of this process. Never rejects. */
export async function run(): Promise<void> {
  await runProgram('reroot', async ({ signal }) => {
    try {
      await runCli(process.argv.slice(2), createShell(process, systemClock, signal));
    } catch (thrown) {
      // What was told to stop before its end is no success: a script must not go on as after one.
      if (signal.aborted) process.exitCode = interruptedExit;
      throw thrown;
    }
  });
}
