import { systemClock } from '@reroot/shared/clock';
import { runProgram } from '@reroot/shared/lifecycle';
import { runCli } from './program.ts';
import { createShell } from './shell.ts';

/** Runs the command line of this process. Never rejects. */
export async function run(): Promise<void> {
  await runProgram('reroot', ({ signal }) => runCli(process.argv.slice(2), createShell(process, systemClock, signal)));
}
